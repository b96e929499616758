/** Installing the app for people who do not have it, by Microsoft Graph: the gap that a setup policy leaves. */
import type { Failure } from '../../../core/ports.ts';
import { classifyResponse, noAnswer, readError } from '../outcome.ts';

/** The app is there now (just now or before), or why it is not. */
type Installed = { readonly state: 'installed' } | Failure;

/** Installs the app for one person, by Entra object id. */
export type Install = (userId: string) => Promise<Installed>;

/**
 * One POST a person (learn.microsoft.com/graph/api/userteamwork-post-installedapps; least permission
 * TeamsAppInstallation.ReadWriteSelfForUser.All). A 409 says that the app is there already.
 */
export const graphInstall =
  (settings: {
    readonly token: () => Promise<string>;
    readonly fetch: typeof fetch;
    /** The app's id in the organisation's catalogue; not the id in its manifest. */
    readonly catalogApp: string;
    /** Microsoft Graph of the cloud in which the tenant lies. */
    readonly graph: string;
    /** Milliseconds; 15,000 unless told. */
    readonly timeout?: number;
  }): Install =>
  async (userId) => {
    const { fetch, token, catalogApp, graph, timeout = 15_000 } = settings;
    const url = `${graph}/v1.0/`;
    let bearer: string;
    try {
      bearer = await token();
    } catch {
      return later('graph-token-unavailable');
    }
    try {
      const response = await fetch(
        new URL(`users/${encodeURIComponent(userId)}/teamwork/installedApps`, url),
        {
          method: 'POST',
          redirect: 'manual',
          headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
          body: JSON.stringify({
            'teamsApp@odata.bind': new URL(`appCatalogs/teamsApps/${catalogApp}`, url).href,
          }),
          signal: AbortSignal.timeout(timeout),
        },
      );
      if (response.ok || response.status === 409) return { state: 'installed' };
      const body: unknown = await response.json().catch(() => null);
      return refusal(response, body);
    } catch (error) {
      // Installing twice is harmless, so a doubt is simply tried again.
      return later(noAnswer(error).reason);
    }
  };

const later = (reason: string): Failure => ({ state: 'retry', reason, afterSeconds: null });

/** What concerns the person is a reason; what an administrator must mend is one, too; the rest passes. */
const refusal = (response: Response, body: unknown): Failure => {
  const failure = classifyResponse(response, body);
  if (response.status === 404) return { state: 'unreachable', reason: missing(body) };
  if (failure.state === 'unreachable' && !failure.reason.startsWith('refused:')) return failure;
  if (response.status === 400 || response.status === 403)
    return { state: 'unreachable', reason: 'install-refused' };
  // Graph's own throttling holds nobody else up: the Connector is another service.
  return later(`graph-${failure.reason}`);
};

/** A 404 is about the person, unless its words name the app. */
const missing = (body: unknown): string =>
  /\bapp\b/i.test(readError(body).words) ? 'install-refused' : 'no-account';
