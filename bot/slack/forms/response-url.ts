/** Answers to a response URL, which a press or command brings along: one POST, no token, no retry. */
import * as z from 'zod';
import type { Failure } from '../../../core/ports.ts';
import { byCode, byStatus, fromNetwork } from '../outcome.ts';
import { readJson } from './payloads.ts';

const refusalSchema = z.object({ ok: z.literal(false), error: z.string() });

/** The code by which a response URL refuses: as the Web API says it, or bare; null when it took the message. */
const refusalIn = (said: string): string | null => {
  const coded = refusalSchema.safeParse(readJson(said));
  if (coded.success) return coded.data.error;
  return /^[a-z]+(?:_[a-z]+)+$/u.test(said) ? said : null;
};

/** Posts `body` to a response URL. */
export const respond = async (
  settings: { readonly fetch: typeof fetch; readonly timeout?: number },
  url: string,
  body: object,
): Promise<Failure | null> => {
  try {
    const response = await settings.fetch(url, {
      method: 'POST',
      redirect: 'error',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(settings.timeout ?? 15_000),
    });
    // A used or expired URL is answered with 404 and a code: surely nothing was shown.
    if (response.status === 404 || response.status === 410)
      return { state: 'unreachable', reason: 'response-url-spent' };
    const failure = response.ok
      ? null
      : byStatus(response.status, response.headers.get('retry-after'));
    if (failure !== null && (failure.state !== 'retry' || response.status === 429)) return failure;
    const code = refusalIn(await response.text().catch(() => ''));
    if (code === null) return failure;
    const named = byCode(code, null);
    return named.state === 'unknown' ? (failure ?? named) : named;
  } catch (error) {
    return fromNetwork(error);
  }
};
