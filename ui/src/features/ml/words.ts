/** Metrics as sentences, each beside the floor that needs no model. Pure. */
import type { Metrics, Task } from '../../api/ml';
import { formatNumber } from '../../lib/format';
import { formatShare } from '../../lib/sizes';
import { ml as texts } from '../../lib/texts/ml';

export interface Measured {
  name: string;
  value: string;
  /** What one would get without a model. */
  floor: string | null;
  /** Better than its floor; null when there is none. */
  isBetter: boolean | null;
  meaning: string;
}

const number = (metrics: Metrics, key: string): number | null => {
  const value = metrics[key];
  return typeof value === 'number' ? value : null;
};

interface Rule {
  key: keyof typeof texts.metrics;
  floor?: string;
  isShare: boolean;
  lowIsGood?: boolean;
}

const RULES: Record<Task, Rule[]> = {
  anomaly_detection: [
    { key: 'f1', floor: 'floor_f1', isShare: true },
    { key: 'precision', isShare: true },
    { key: 'recall', isShare: true },
    { key: 'false_alarm_rate', isShare: true, lowIsGood: true },
    { key: 'false_alarms_per_week', isShare: false, lowIsGood: true },
    { key: 'pr_auc', floor: 'floor_pr_auc', isShare: true },
    { key: 'roc_auc', isShare: true },
    { key: 'alarm_rate', isShare: true, lowIsGood: true },
  ],
  classification: [
    { key: 'accuracy', floor: 'floor_accuracy', isShare: true },
    { key: 'f1', floor: 'floor_f1', isShare: true },
    { key: 'f1_macro', isShare: true },
    { key: 'precision', isShare: true },
    { key: 'recall', isShare: true },
    { key: 'brier', floor: 'floor_brier', isShare: false, lowIsGood: true },
    { key: 'roc_auc', isShare: true },
  ],
  regression: [
    { key: 'rmse', floor: 'floor_rmse', isShare: false, lowIsGood: true },
    { key: 'mae', floor: 'floor_mae', isShare: false, lowIsGood: true },
    { key: 'r2', isShare: false },
  ],
  forecasting: [
    { key: 'rmse', floor: 'floor_rmse', isShare: false, lowIsGood: true },
    { key: 'mae', floor: 'floor_mae', isShare: false, lowIsGood: true },
    { key: 'mase', isShare: false, lowIsGood: true },
    { key: 'coverage', isShare: true },
  ],
};

export function measured(task: Task, metrics: Metrics): Measured[] {
  return RULES[task].flatMap(({ key, floor, isShare, lowIsGood }) => {
    const value = number(metrics, key);
    if (value === null) return [];
    const bottom = floor ? number(metrics, floor) : null;
    const words = isShare ? formatShare : formatNumber;
    const [name, meaning] = texts.metrics[key];
    return [{
      name, meaning, value: words(value), floor: bottom === null ? null : words(bottom),
      isBetter: bottom === null ? null : lowIsGood ? value < bottom : value > bottom,
    }];
  });
}

/** One sentence that a maintenance engineer reads first. */
export function summary(task: Task, metrics: Metrics): string {
  const at = (key: string) => number(metrics, key);
  const [f1, recall, precision, rate] = [at('f1'), at('recall'), at('precision'), at('alarm_rate')];
  if (task === 'anomaly_detection' && f1 !== null && recall !== null && precision !== null)
    return texts.found(formatShare(recall), formatShare(precision), formatShare(f1), formatShare(at('floor_f1') ?? 0));
  if (task === 'anomaly_detection' && rate !== null) return texts.wouldAlarm(formatShare(rate));
  const accuracy = at('accuracy');
  if (accuracy !== null) return texts.right(formatShare(accuracy), formatShare(at('floor_accuracy') ?? 0));
  const mae = at('mae');
  if (mae !== null) return texts.off(formatNumber(mae), formatNumber(at('floor_mae') ?? 0));
  return texts.notJudged;
}
