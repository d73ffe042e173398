/** What another threshold would do, from the points the training kept. Pure. */
import type { Curves } from '../../api/ml';

export interface Outcome {
  precision: number | null;
  recall: number | null;
  falseAlarmRate: number | null;
  /** Share of the drawn rows above the threshold. */
  alarmRate: number | null;
  /** Runs of rows above the threshold. */
  alarms: number;
}

/** An anomaly is a row whose raw score is above the threshold. */
export function outcomeAt(curves: Curves, threshold: number): Outcome {
  const scores = curves.scores?.score ?? [];
  const above = scores.map((score) => score !== null && score > threshold);
  const alarms = above.filter((is, i) => is && !above[i - 1]).length;
  const { pr, roc } = curves;
  // precision_recall_curve gives thresholds ascending, roc_curve descending
  const atPr = pr ? pr.thresholds.findIndex((it) => it >= threshold) : -1;
  const atRoc = roc ? roc.thresholds.findLastIndex((it) => it >= threshold) : -1;
  return {
    precision: atPr < 0 ? null : (pr?.precision[atPr] ?? null),
    recall: pr ? (atPr < 0 ? 0 : (pr.recall[atPr] ?? null)) : null,
    falseAlarmRate: roc ? (atRoc < 0 ? 0 : (roc.fpr[atRoc] ?? null)) : null,
    alarmRate: scores.length === 0 ? null : above.filter(Boolean).length / scores.length,
    alarms,
  };
}

/** F1 of precision and recall. */
export const f1Of = ({ precision, recall }: Outcome): number | null =>
  precision === null || recall === null || precision + recall === 0 ? null : (2 * precision * recall) / (precision + recall);

/** From the smallest score to a bit above both the threshold and nearly all scores, so that one wild row does not squeeze the slider. */
export function sliderRange(scores: (number | null)[], threshold: number): [number, number] {
  const known = scores.filter((score): score is number => score !== null).sort((a, b) => a - b);
  const low = known[0] ?? 0;
  const nearlyAll = known[Math.floor((known.length - 1) * 0.995)] ?? 1;
  const high = Math.max(nearlyAll, low + (threshold - low) * 1.5);
  return [Math.min(low, threshold), high > low ? high : low + 1];
}

/** Labelled stretches as [first, last] row. */
export function labelledRuns(labels: number[]): [number, number][] {
  const runs: [number, number][] = [];
  labels.forEach((label, i) => {
    if (!label) return;
    const last = runs.at(-1);
    if (last && last[1] === i - 1) last[1] = i;
    else runs.push([i, i]);
  });
  return runs;
}
