import { describe, expect, it } from 'vitest';
import type { Curves } from '../../api/ml';
import { f1Of, labelledRuns, outcomeAt, sliderRange } from './thresholds';
import { measured, summary } from './words';

const curves: Curves = {
  roc: { fpr: [0, 0, 0.5, 1], tpr: [0, 1, 1, 1], thresholds: [9, 8, 3, 1] },
  pr: { precision: [0.5, 0.66, 1], recall: [1, 1, 1], thresholds: [1, 3, 8] },
  scores: { timestamp: null, score: [1, 9, 8, 3, null, 9], label: [0, 1, 1, 0, 0, 1], threshold: 5 },
  residuals: null, importance: null, events: null,
};

describe('another threshold', () => {
  it('is read off the curves', () => {
    expect(outcomeAt(curves, 5)).toEqual({ precision: 1, recall: 1, falseAlarmRate: 0, alarmRate: 0.5, alarms: 2 });
    expect(outcomeAt(curves, 2)).toMatchObject({ precision: 0.66, falseAlarmRate: 0.5 });
  });
  it('above every score finds nothing', () => {
    expect(outcomeAt(curves, 99)).toEqual({ precision: null, recall: 0, falseAlarmRate: 0, alarmRate: 0, alarms: 0 });
    expect(f1Of(outcomeAt(curves, 99))).toBeNull();
  });
  it('without labels only alarms are known', () => {
    const blind = { ...curves, roc: null, pr: null };
    expect(outcomeAt(blind, 5)).toMatchObject({ precision: null, recall: null, alarms: 2 });
  });
  it('has a slider that one wild row does not squeeze', () => {
    const [low, high] = sliderRange([...Array.from({ length: 999 }, (_, i) => i / 1000), 1e9], 0.9);
    expect(low).toBe(0);
    expect(high).toBeLessThan(2);
    expect(sliderRange([], 0)).toEqual([0, 1]);
  });
  it('shades labelled stretches', () => expect(labelledRuns([0, 1, 1, 0, 1])).toEqual([[1, 2], [4, 4]]));
});

describe('metrics in words', () => {
  it('stand beside their floor', () => {
    const [f1] = measured('anomaly_detection', { f1: 0.81, floor_f1: 0.69, confusion: { tp: 1 } });
    expect(f1).toMatchObject({ value: '81 %', floor: '69 %', isBetter: true });
  });
  it('know when low is good', () => {
    expect(measured('regression', { rmse: 40, floor_rmse: 34 })[0]).toMatchObject({ isBetter: false });
  });
  it('leave out what was not measured', () => expect(measured('forecasting', { rmse: null })).toEqual([]));
  it('say it in a sentence', () => {
    expect(summary('anomaly_detection', { alarm_rate: 0.021 })).toContain('2.1 %');
    expect(summary('classification', { accuracy: 0.9, floor_accuracy: 0.8 })).toContain('90 %');
    expect(summary('regression', {})).toBeTruthy();
  });
});
