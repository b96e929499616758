/** OAuth 2 with Slack, by plain fetch: a code becomes an installation, a refresh token becomes the next one. */
import * as z from 'zod';
import type { Clock } from '../../../core/clock.ts';
import type {
  Installation,
  InstallationPlace,
  Renewal,
  Tokens,
} from '../../../core/installation.ts';

export type OAuthSettings = {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly fetch: typeof fetch;
  /** `https://slack.com/api/` in the commercial cloud. */
  readonly apiUrl: string;
  readonly clock: Pick<Clock, 'now'>;
};

/** What a code came to. */
export type Exchange =
  | { readonly state: 'installed'; readonly installation: Installation }
  | { readonly state: 'refused'; readonly reason: string }
  | { readonly state: 'unclear'; readonly reason: string };

const text = z.string().min(1);
const refusalSchema = z.object({ ok: z.literal(false), error: text });
const tokensSchema = z.object({
  ok: z.literal(true),
  access_token: text,
  // Both are there when the app rotates its tokens, and neither when it does not.
  refresh_token: text.optional(),
  expires_in: z.number().positive().optional(),
});
const named = z.object({ id: text });
const grantedSchema = tokensSchema.extend({
  token_type: z.literal('bot'),
  scope: z.string(),
  bot_user_id: text,
  app_id: text,
  // An organisation's installation names no workspace (api.slack.com/enterprise/apps/reference).
  team: named.nullish(),
  enterprise: named.nullish(),
  is_enterprise_install: z.boolean().default(false),
});

/** Milliseconds after which a silent answer is given up; somebody waits at a browser. */
const timeout = 8_000;

/** Exchanges the code of a finished installation (docs.slack.dev/reference/methods/oauth.v2.access); it works once. */
export const exchangeCode = async (settings: OAuthSettings, code: string): Promise<Exchange> => {
  const answer = await ask(settings, 'oauth.v2.access', { code });
  if (answer.state !== 'answered') return answer;
  const read = grantedSchema.safeParse(answer.body);
  const place = read.success ? placeOf(read.data) : null;
  if (!read.success || place === null) return { state: 'unclear', reason: 'unreadable-answer' };
  const { app_id: appId, bot_user_id: botUserId, scope } = read.data;
  const now = settings.clock.now();
  const scopes = scope.split(',').filter((name) => name !== '');
  const tokens = tokensOf(read.data, now);
  const installation = {
    ...place,
    appId,
    botUserId,
    scopes,
    tokens,
    installedAt: now.toISOString(),
  };
  return { state: 'installed', installation };
};

/** Uses a refresh token up for the next pair (docs.slack.dev/authentication/using-token-rotation). */
export const renewTokens = async (settings: OAuthSettings, tokens: Tokens): Promise<Renewal> => {
  if (tokens.refresh === null) return { state: 'refused', reason: 'no-refresh-token' };
  const answer = await ask(settings, 'oauth.v2.access', {
    grant_type: 'refresh_token',
    refresh_token: tokens.refresh,
  });
  if (answer.state !== 'answered') return answer;
  const read = tokensSchema.safeParse(answer.body);
  return read.success
    ? { state: 'renewed', tokens: tokensOf(read.data, settings.clock.now()) }
    : { state: 'unclear', reason: 'unreadable-answer' };
};

/** Gives a token back that we may not keep; a failure changes nothing for us. */
export const revokeToken = async (settings: OAuthSettings, token: string): Promise<void> => {
  await post(settings, 'auth.revoke', { authorization: `Bearer ${token}`, fields: {} }).catch(
    () => undefined,
  );
};

const placeOf = (granted: z.infer<typeof grantedSchema>): InstallationPlace | null => {
  const enterpriseId = granted.enterprise?.id ?? null;
  if (granted.is_enterprise_install)
    return enterpriseId === null ? null : { enterpriseId, teamId: null };
  const teamId = granted.team?.id ?? null;
  return teamId === null ? null : { enterpriseId, teamId };
};

const tokensOf = (given: z.infer<typeof tokensSchema>, now: Date): Tokens => {
  const { access_token: access, refresh_token: refresh = null, expires_in: seconds } = given;
  const ends = seconds === undefined ? null : new Date(now.getTime() + seconds * 1000);
  return { access, refresh, expiresAt: ends === null ? null : ends.toISOString() };
};

type Answer =
  | { readonly state: 'answered'; readonly body: unknown }
  | { readonly state: 'refused' | 'unclear'; readonly reason: string };

const ask = async (
  settings: OAuthSettings,
  method: string,
  fields: Readonly<Record<string, string>>,
): Promise<Answer> => {
  const { clientId, clientSecret } = settings;
  // In the header, as Slack asks: what stands in a body is more easily written into somebody's log.
  const credentials = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  try {
    const response = await post(settings, method, {
      authorization: `Basic ${credentials}`,
      fields,
    });
    const body: unknown = await response.json();
    const refusal = refusalSchema.safeParse(body);
    if (!refusal.success) return { state: 'answered', body };
    const reason = /^[a-z_]{1,60}$/.test(refusal.data.error) ? refusal.data.error : 'refused';
    return { state: passing.includes(reason) ? 'unclear' : 'refused', reason };
  } catch (error) {
    return { state: 'unclear', reason: error instanceof Error ? error.name : 'unknown' };
  }
};

/** Refusals that say nothing of the code or token. */
const passing: readonly string[] = [
  'fatal_error',
  'internal_error',
  'rate_limited',
  'ratelimited',
  'request_timeout',
  'service_unavailable',
];

const post = (
  { fetch, apiUrl }: OAuthSettings,
  method: string,
  given: { readonly authorization: string; readonly fields: Readonly<Record<string, string>> },
): Promise<Response> =>
  fetch(`${apiUrl}${method}`, {
    method: 'POST',
    redirect: 'error',
    headers: { authorization: given.authorization },
    body: new URLSearchParams(given.fields),
    signal: AbortSignal.timeout(timeout),
  });
