/** The one way to the server; errors in plain words. */
import { errors as texts } from '../lib/texts/errors';

export interface Fault {
  field: string;
  message: string;
}

/** What the server refused, in its own words; `faults` sit on the fields they name. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly faults: Fault[] = [],
  ) {
    super(message);
  }

  /** The message for one field, if there is one. */
  at(field: string): string | undefined {
    return this.faults.find((fault) => fault.field === field)?.message;
  }
}

let csrfToken: string | null = null;
let onSignedOut: () => void = () => undefined;

export function setCsrfToken(token: string | null): void {
  csrfToken = token;
}

/** For the one kind of request that `fetch` cannot report progress of: uploads. */
export const getCsrfToken = (): string | null => csrfToken;

/** Called when the server no longer knows us. */
export function whenSignedOut(call: () => void): void {
  onSignedOut = call;
}

async function errorOf(response: Response): Promise<ApiError> {
  const text = await response.text();
  try {
    const { error } = JSON.parse(text) as {
      error: { code: string; message: string; details: Fault[] };
    };
    return new ApiError(response.status, error.code, error.message, error.details);
  } catch {
    return new ApiError(response.status, 'unknown', texts.unreadable(response.status));
  }
}

/** `fetch` with the session's CSRF token; throws ApiError for every answer that is not a success. */
export async function call(input: Request): Promise<Response> {
  if (csrfToken !== null && input.method !== 'GET') input.headers.set('X-CSRF-Token', csrfToken);
  let response: Response;
  try {
    response = await fetch(input);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, 'unreachable', texts.unreachable);
  }
  if (response.ok) return response;
  const error = await errorOf(response);
  if (error.status === 401 && !input.url.endsWith('/v1/session')) onSignedOut();
  throw error;
}

/** GET of a path with query, for answers whose shape depends on the query. */
export async function get<T>(
  path: string,
  query: Record<string, string | number | undefined> = {},
  signal?: AbortSignal,
): Promise<T> {
  const url = new URL(path, location.origin);
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) url.searchParams.set(name, String(value));
  return (await call(new Request(url, { signal: signal ?? null }))).json() as Promise<T>;
}

/** GET of one resource and its ETag, which `send` takes as the version. */
export async function getTagged<T>(path: string, signal?: AbortSignal): Promise<T & { etag: string }> {
  const response = await call(new Request(new URL(path, location.origin), { signal: signal ?? null }));
  const { data } = (await response.json()) as { data: T };
  return { ...data, etag: response.headers.get('ETag') ?? '*' };
}

/** Send JSON by method. `version`, a number or an ETag, makes the server refuse to overwrite what others changed. */
export async function send<T>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  version?: number | string,
): Promise<T> {
  const headers: Record<string, string> = {};
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (version !== undefined) headers['If-Match'] = typeof version === 'number' ? `"${version}"` : version;
  const request = new Request(new URL(path, location.origin), {
    method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
  });
  return (await call(request)).json() as Promise<T>;
}

export interface Page<T> {
  data: T[];
  meta: { page: number; per_page: number; total: number };
}

/** Whether the server refused because somebody else had saved first. */
export const isConflict = (error: unknown): boolean => error instanceof ApiError && error.status === 412;

/** Every item of a paged list, page after page. */
export async function all<T>(
  path: string,
  query: Record<string, string | number | undefined> = {},
  signal?: AbortSignal,
): Promise<T[]> {
  const items: T[] = [];
  for (let page = 1; ; page += 1) {
    const answer = await get<Page<T>>(path, { ...query, page, per_page: 100 }, signal);
    items.push(...answer.data);
    if (answer.data.length === 0 || items.length >= answer.meta.total) return items;
  }
}
