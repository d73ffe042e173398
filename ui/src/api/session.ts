/** Who is signed in. */
import { queryOptions } from '@tanstack/react-query';
import { get, send, setCsrfToken } from './client';

export interface Session {
  key_id: string;
  name: string;
  scopes: string[];
  csrf_token: string | null;
  expires_at: string | null;
}

export async function getSession(): Promise<Session> {
  const { data } = await get<{ data: Session }>('/v1/session');
  setCsrfToken(data.csrf_token);
  return data;
}

export const sessionQuery = queryOptions({ queryKey: ['session'], queryFn: getSession, staleTime: Infinity });

export async function signIn(key: string): Promise<Session> {
  const { data } = await send<{ data: Session }>('POST', '/v1/session', { api_key: key });
  setCsrfToken(data.csrf_token);
  return data;
}

export async function signOut(): Promise<void> {
  await send('DELETE', '/v1/session');
  setCsrfToken(null);
}

/** Remembered so that a visitor who never signed in is not asked about on the wire: a 401 is noise. */
export const mark = {
  get: () => localStorage.getItem('twinedge.signed-in') === '1',
  set: (on: boolean) =>
    on ? localStorage.setItem('twinedge.signed-in', '1') : localStorage.removeItem('twinedge.signed-in'),
};
