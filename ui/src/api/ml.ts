/** Datasets, trainings, models: what the server says of them and what can be done. */
import { queryOptions } from '@tanstack/react-query';
import { errors } from '../lib/texts/errors';
import { all, ApiError, get, getCsrfToken, send } from './client';
import type { Scalar } from '../lib/format';

export interface Column {
  name: string;
  type: 'number' | 'boolean' | 'text' | 'time';
  missing: number;
  min: number | null;
  max: number | null;
  mean: number | null;
}
export interface Profile extends Column {
  std: number | null;
  distinct: number;
  histogram: { edges: number[]; counts: number[] } | null;
}
export interface Dataset {
  id: string; name: string; description: string; status: 'empty' | 'ready' | 'failed'; source: 'upload' | 'telemetry';
  row_count: number; columns: Column[]; size_bytes: number; version: number; hash: string | null; used_by: string[];
  created_at: string; updated_at: string;
}
export interface Preview { columns: Profile[]; rows: Record<string, Scalar>[]; row_count: number }
export interface DatasetVersion { version: number; hash: string; row_count: number; size_bytes: number; created_at: string }
export interface TelemetryQuery {
  asset_ids: string[]; tags: string[]; start: string; end: string; interval: string; fill: 'none' | 'forward' | 'linear';
  quality?: 'good' | 'all';
  labels?: { from: 'alerts' | 'annotations'; severity?: string; label?: string; column?: string };
}

export interface Hyperparameter { name: string; type: string; default: number | boolean; minimum: number | null; maximum: number | null; description: string }
export interface Preprocessing {
  rolling?: { window: number; statistics: string[] } | null;
  lags?: number[];
  scaling?: string;
}
export interface Algorithm {
  id: string; title: string; task: Task; description: string; recommended: boolean; hyperparameters: Hyperparameter[];
  preprocessing?: Preprocessing;
}
export type Task = 'anomaly_detection' | 'classification' | 'regression' | 'forecasting';
export type JobStatus = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
export interface Training {
  id: string; name: string; dataset_id: string; algorithm: string; hyperparameters: Record<string, Scalar>; features: string[] | null;
  target: string | null; status: JobStatus; progress: number; message: string; metrics: Metrics | null; model_id: string | null;
  error: string | null; warnings?: string[]; created_at: string; started_at: string | null; finished_at: string | null;
}
export interface LogLine { timestamp: string; level: string; message: string }
export interface TrainingOrder {
  name: string; dataset_id: string; algorithm: string; hyperparameters: Record<string, number | boolean>;
  features?: string[]; target?: string; group?: string; validation_fraction?: number;
  preprocessing?: Preprocessing; seed?: number; alarm_budget?: { per_week: number } | { rate: number };
}

export type Metrics = Record<string, unknown>;
export interface Deployment {
  mode: 'live' | 'shadow'; output_tag: string; bindings: Record<string, { asset_id: string; tag_name: string }> | null; assets: string[];
  max_age_seconds: number; missing: string; state: string; warm_up: { rows_seen: number; rows_needed: number };
  since: string; last_scored_at: string | null; rows_scored: number; errors: { asset_id: string | null; message: string; at: string }[];
}
export interface Model {
  id: string; name: string; version: number; description: string; algorithm: string; task: Task; features: string[]; target: string | null;
  threshold: number | null; metrics: Metrics; card: Record<string, unknown>; status: 'ready' | 'deployed' | 'archived'; aliases: string[];
  deployment: Deployment | null; dataset_id: string; training_id: string; created_at: string;
}
export interface Curves {
  roc: { fpr: number[]; tpr: number[]; thresholds: number[] } | null;
  pr: { precision: number[]; recall: number[]; thresholds: number[] } | null;
  scores: { timestamp: string[] | null; score: (number | null)[]; label: number[] | null; threshold: number | null } | null;
  residuals: { actual: number[]; predicted: number[] } | null;
  importance: Record<string, number> | null;
  events: { start: string | number; end: string | number; detected_at: string | number | null; lead_seconds: number | null }[] | null;
}
export interface Answer {
  prediction: Scalar; score: number | null; raw_score: number | null; raw_threshold: number | null; is_anomaly: boolean;
  contributions: Record<string, number>; probabilities: Record<string, number> | null; latency_ms: number;
}
export interface Comparison {
  models: Model[]; metrics: Record<string, unknown[]>; hyperparameters: Record<string, unknown[]>; same_dataset: boolean;
}
export interface Drift {
  features: Record<string, { psi: number; status: 'stable' | 'moderate' | 'drifted' }>;
  since: string | null;
  rows: number;
}
export interface Backfill { id: string; status: JobStatus; progress: number; message?: string; error?: string | null; start: string; end: string; created_at: string }
export interface DeployOrder {
  asset_id?: string; output_tag?: string; mode: 'live' | 'shadow'; max_age_seconds: number; missing: 'skip' | 'hold' | 'mean';
}

const LIVE_MS = 1500;
const SLOW_MS = 10_000;
const isOpen = (job: { status: JobStatus }) => job.status === 'queued' || job.status === 'running';
const data = async <T>(path: string, signal?: AbortSignal) => (await get<{ data: T }>(path, {}, signal)).data;

export const datasetsQuery = queryOptions({
  queryKey: ['datasets'], queryFn: ({ signal }) => all<Dataset>('/v1/ml/datasets', {}, signal),
});
export const datasetQuery = (id: string) => queryOptions({
  queryKey: ['datasets', id], queryFn: ({ signal }) => data<Dataset>(`/v1/ml/datasets/${id}`, signal),
});
export const previewQuery = (id: string, rows: number, version: number) => queryOptions({
  queryKey: ['datasets', id, 'preview', rows, version],
  queryFn: async ({ signal }) => (await get<{ data: Preview }>(`/v1/ml/datasets/${id}/preview`, { rows }, signal)).data,
});
export const datasetVersionsQuery = (id: string, version: number) => queryOptions({
  queryKey: ['datasets', id, 'versions', version],
  queryFn: async ({ signal }) => (await get<{ data: DatasetVersion[] }>(`/v1/ml/datasets/${id}/versions`, {}, signal)).data,
});
export const algorithmsQuery = queryOptions({
  queryKey: ['algorithms'], staleTime: Infinity, queryFn: ({ signal }) => all<Algorithm>('/v1/ml/algorithms', {}, signal),
});
export const trainingsQuery = queryOptions({
  queryKey: ['trainings'],
  queryFn: ({ signal }) => all<Training>('/v1/ml/training', {}, signal),
  refetchInterval: (query) => (query.state.data?.some(isOpen) ? LIVE_MS : SLOW_MS),
});
export const trainingQuery = (id: string) => queryOptions({
  queryKey: ['trainings', id],
  queryFn: ({ signal }) => data<Training>(`/v1/ml/training/${id}`, signal),
  refetchInterval: (query) => (query.state.data && !isOpen(query.state.data) ? false : LIVE_MS / 2),
});
/** The job's log; `status` is part of the key so that its last lines are read when it ends. */
export const trainingLogQuery = (id: string, status: JobStatus | undefined) => queryOptions({
  queryKey: ['trainings', id, 'log', status],
  queryFn: async ({ signal }) => (await data<{ lines: LogLine[] }>(`/v1/ml/training/${id}/log`, signal)).lines,
  refetchInterval: status === 'running' || status === 'queued' ? LIVE_MS : (false as const),
});
export const modelsQuery = queryOptions({
  queryKey: ['models'], queryFn: ({ signal }) => all<Model>('/v1/ml/models', {}, signal), refetchInterval: SLOW_MS,
});
export const modelQuery = (id: string) => queryOptions({
  queryKey: ['models', id],
  queryFn: ({ signal }) => data<Model>(`/v1/ml/models/${id}`, signal),
  refetchInterval: (query) => (query.state.data?.deployment ? 3000 : SLOW_MS),
});
export const curvesQuery = (id: string) => queryOptions({
  queryKey: ['models', id, 'curves'], staleTime: Infinity, queryFn: ({ signal }) => data<Curves>(`/v1/ml/models/${id}/curves`, signal),
});
export const driftQuery = (id: string) => queryOptions({
  queryKey: ['models', id, 'drift'], refetchInterval: SLOW_MS, queryFn: ({ signal }) => data<Drift>(`/v1/ml/models/${id}/drift`, signal),
});
export const backfillsQuery = (id: string) => queryOptions({
  queryKey: ['models', id, 'backfills'],
  queryFn: ({ signal }) => all<Backfill>(`/v1/ml/models/${id}/backfills`, {}, signal),
  refetchInterval: (query) => (query.state.data?.some(isOpen) ? LIVE_MS : false),
});
export const comparisonQuery = (ids: string[]) => queryOptions({
  queryKey: ['models', 'compare', ids],
  queryFn: async ({ signal }) => (await get<{ data: Comparison }>('/v1/ml/models/compare', { ids: ids.join(',') }, signal)).data,
});

const modelAt = (id: string) => `/v1/ml/models/${id}`;
const answer = async <T>(sent: Promise<{ data: T }>) => (await sent).data;

export const createDataset = (name: string, telemetry?: TelemetryQuery) =>
  answer(send<{ data: Dataset }>('POST', '/v1/ml/datasets', telemetry ? { name, telemetry } : { name }));
export const deleteDataset = (id: string) => send('DELETE', `/v1/ml/datasets/${id}`);
export const startTraining = (order: TrainingOrder) => answer(send<{ data: Training }>('POST', '/v1/ml/training', order));
/** The next version of a model by its own recipe. */
export const retrain = ({ id, name, algorithm }: Model, dataset_id: string, warm_start: boolean) =>
  answer(send<{ data: Training }>('POST', '/v1/ml/training', { name, dataset_id, algorithm, base_model_id: id, warm_start }));
export const cancelTraining = (id: string) => send('DELETE', `/v1/ml/training/${id}`);
export const changeModel = (id: string, change: { name?: string; description?: string; threshold?: number }) => send('PUT', modelAt(id), change);
export const testModel = (id: string, features: Record<string, number | boolean | string>) =>
  answer(send<{ data: Answer }>('POST', `${modelAt(id)}/test`, { features }));
export const deployModel = (id: string, order: DeployOrder) => answer(send<{ data: Model }>('POST', `${modelAt(id)}/deploy`, order));
export const undeployModel = (id: string) => send('POST', `${modelAt(id)}/undeploy`);
export const rollBackModel = (id: string) => answer(send<{ data: Model }>('POST', `${modelAt(id)}/rollback`));
export const archiveModel = (id: string) => send('POST', `${modelAt(id)}/archive`);
export const unarchiveModel = (id: string) => send('POST', `${modelAt(id)}/unarchive`);
export const deleteModel = (id: string) => send('DELETE', modelAt(id));
export const setAlias = (id: string, alias: string) => send('PUT', `${modelAt(id)}/aliases/${encodeURIComponent(alias)}`);
export const removeAlias = (id: string, alias: string) => send('DELETE', `${modelAt(id)}/aliases/${encodeURIComponent(alias)}`);
export const startBackfill = (id: string, start: string, end: string) => send('POST', `${modelAt(id)}/backfill`, { start, end });
/** A rule on the score tag, so that an anomaly becomes an alarm. */
export const createScoreRule = (name: string, tag_name: string, asset_id: string | undefined, severity: string) =>
  send('POST', '/v1/alert-rules', {
    name, severity, notifications: [], ...(asset_id ? { asset_id } : {}),
    condition: { tag_name, operator: 'gt', value: 0.5, duration_seconds: 10 },
  });

/** Send a file to a dataset; `onProgress` hears shares from 0 to 1. Rejects with ApiError. */
export function uploadFile(id: string, file: File, onProgress: (share: number) => void, signal: AbortSignal): Promise<Dataset> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/v1/ml/datasets/${id}/upload`);
    const csrf = getCsrfToken();
    if (csrf !== null) request.setRequestHeader('X-CSRF-Token', csrf);
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onload = () => {
      try {
        const body = JSON.parse(request.responseText) as { data?: Dataset; error?: { code: string; message: string; details: [] } };
        if (body.data) resolve(body.data);
        else reject(new ApiError(request.status, body.error?.code ?? 'unknown', body.error?.message ?? '', body.error?.details ?? []));
      } catch {
        reject(new ApiError(request.status, 'unknown', errors.unreadable(request.status)));
      }
    };
    request.onerror = () => reject(new ApiError(0, 'unreachable', errors.unreachable));
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'));
    signal.addEventListener('abort', () => request.abort());
    const form = new FormData();
    form.append('file', file);
    request.send(form);
  });
}
