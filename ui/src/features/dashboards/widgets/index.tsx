/** The kinds of widgets: how each is drawn, and what a new one is like. */
import type { ComponentType } from 'react';
import type { Options, WidgetType } from '../grid';
import type { BodyProps } from './data';
import { AlertList, TagTable } from './Lists';
import { StateTimeline } from './StateTimeline';
import { ModelScore, Trend } from './Trend';
import { Gauge, Value } from './Value';
import { Picture, Words } from './Words';

export const BODIES: Record<WidgetType, ComponentType<BodyProps>> = {
  trend: Trend, value: Value, gauge: Gauge, state_timeline: StateTimeline, table: TagTable,
  alert_list: AlertList, text: Words, model_score: ModelScore, image: Picture,
};

export const FRESH: Record<WidgetType, { w: number; h: number; options: Options }> = {
  trend: { w: 12, h: 8, options: { series: [], window_seconds: 3600 } },
  value: { w: 5, h: 5, options: { sparkline: true } },
  gauge: { w: 6, h: 5, options: { min: 0, max: 100 } },
  state_timeline: { w: 12, h: 6, options: { series: [], window_seconds: 3600 } },
  table: { w: 8, h: 8, options: {} },
  alert_list: { w: 8, h: 8, options: {} },
  text: { w: 8, h: 4, options: { text: '' } },
  model_score: { w: 12, h: 8, options: { threshold: 0.5, window_seconds: 3600 } },
  image: { w: 8, h: 8, options: {} },
};
