/** Notes of people on a stretch of time of an asset; also the labels that models learn from. */
import { queryOptions } from '@tanstack/react-query';
import { all, ApiError, send } from './client';

export interface Annotation {
  id: string;
  asset_id: string;
  tag_name: string | null;
  start: string;
  end: string | null;
  label: string;
  text: string;
  created_by: string | null;
}

export interface NewAnnotation {
  asset_id: string;
  tag_name?: string | null;
  start: string;
  end: string;
  label: string;
  text: string;
}

/** Notes of these assets that touch the range; none where the server keeps no notes. */
export const annotationsQuery = (assets: string[], from: number, to: number) =>
  queryOptions({
    queryKey: ['annotations', assets, from, to],
    enabled: assets.length > 0,
    queryFn: async ({ signal }): Promise<Annotation[]> => {
      const range = { start: new Date(from).toISOString(), end: new Date(to).toISOString() };
      try {
        const found = await Promise.all(assets.map((asset_id) => all<Annotation>('/v1/annotations', { asset_id, ...range }, signal)));
        return found.flat();
      } catch (problem) {
        // A key that may not read assets sees the curves without notes.
        if (problem instanceof ApiError && (problem.status === 404 || problem.status === 403)) return [];
        throw problem;
      }
    },
  });

export const addAnnotation = (note: NewAnnotation) => send<{ data: Annotation }>('POST', '/v1/annotations', note);
export const deleteAnnotation = (id: string) => send('DELETE', `/v1/annotations/${id}`);
