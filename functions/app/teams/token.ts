/** The bearer token with which the bot speaks to the Connector: client credentials, by plain fetch. */
import * as z from 'zod';
import type { TeamsCloud } from '../../../bot/teams/microsoft/cloud.ts';
import { type Clock, minute } from '../../../core/clock.ts';
import { ConfigError } from '../../../core/errors.ts';

type Settings = {
  /** The bot's own tenant. */
  readonly tenantId: string;
  readonly cloud: Pick<TeamsCloud, 'login' | 'scope'>;
  readonly appId: string;
  readonly password: string;
  readonly fetch: typeof fetch;
  readonly clock: Pick<Clock, 'now'>;
};

/** A token is renewed this long before its end. */
const margin = 5 * minute;

const granted = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number() });

/**
 * Asks Entra ID (learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow) and keeps the token;
 * concurrent callers share one request. Rejects with ConfigError when the credentials are refused.
 */
export const connectorToken = (settings: Settings): (() => Promise<string>) => {
  let known = { token: '', until: Number.NEGATIVE_INFINITY };
  let running: Promise<string> | null = null;
  const renew = async (): Promise<string> => {
    const asked = settings.clock.now().getTime();
    const { access_token: token, expires_in: seconds } = await ask(settings);
    known = { token, until: asked + seconds * 1000 - margin };
    return token;
  };
  return () => {
    if (settings.clock.now().getTime() < known.until) return Promise.resolve(known.token);
    running ??= renew().finally(() => {
      running = null;
    });
    return running;
  };
};

const ask = async (settings: Settings): Promise<z.infer<typeof granted>> => {
  const { login, scope } = settings.cloud;
  const tenant = encodeURIComponent(settings.tenantId);
  const response = await settings.fetch(`${login}/${tenant}/oauth2/v2.0/token`, {
    method: 'POST',
    redirect: 'error',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: settings.appId,
      client_secret: settings.password,
      scope,
    }),
    signal: AbortSignal.timeout(10_000),
  });
  if (response.status === 400 || response.status === 401)
    throw new ConfigError('Entra ID refuses the Teams app id, its password or its tenant');
  if (!response.ok) throw new Error(`Entra ID answered ${response.status}`);
  return granted.parse(await response.json());
};
