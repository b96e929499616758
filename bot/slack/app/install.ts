/**
 * The way an administrator installs the app: off to Slack, back with a code, exchanged here and queued sealed. No SQL, no
 * SDK; which workspaces and organisations may come is a setting (docs/decisions/0021-slack-installations.md).
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { minute } from '../../../core/clock.ts';
import { sayIn } from '../../../core/content/say.ts';
import type { Catalogue } from '../../../core/content/schema.ts';
import type { Inbound } from '../../../core/conversation/event.ts';
import type { Installation } from '../../../core/installation.ts';
import { languages } from '../../../core/language.ts';
import type { Log, Queue } from '../../../core/ports.ts';
import { exchangeCode, type OAuthSettings, revokeToken } from './oauth.ts';

export type InstallDeps = OAuthSettings & {
  /** Scopes asked for. */
  readonly scopes: readonly string[];
  /** Ids of the workspaces and organisations that may install the app. */
  readonly allowed: readonly string[];
  readonly seal: (installation: Installation) => Promise<string>;
  /** Signs the state that travels through Slack. */
  readonly stateKey: string;
  readonly catalogue: Catalogue;
  readonly queue: Queue;
  readonly log: Log;
};

/** The type of what the install door queues; Slack itself sends none of this name. */
const installationType = 'langkah.installation';
const queuedSchema = z.object({ type: z.literal(installationType), sealed: z.string().min(1) });

/** The sealed installation of a queued body; null when it is a payload of Slack's. */
export const sealedInstallation = (body: unknown): string | null =>
  queuedSchema.safeParse(body).data?.sealed ?? null;

/** Both addresses of the installation: where it begins and where Slack sends the browser back to. */
export const slackInstall = (
  deps: InstallDeps,
): {
  readonly start: (request: Request) => Promise<Response>;
  readonly finish: (request: Request) => Promise<Response>;
} => ({
  start: async () => start(deps),
  finish: async (request) => {
    const end = await finish(deps, request);
    return page(deps, end);
  },
});

/** How long somebody may take between both addresses. */
const patience = 10 * minute;
/** The prefix binds it to this host and to https (developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Set-Cookie). */
const cookie = '__Host-langkah-install';
const cookieRules = 'Path=/; Secure; HttpOnly; SameSite=Lax';

const start = (deps: InstallDeps): Response => {
  const nonce = randomBytes(24).toString('base64url');
  const until = deps.clock.now().getTime() + patience;
  const location = new URL('https://slack.com/oauth/v2/authorize');
  location.searchParams.set('client_id', deps.clientId);
  location.searchParams.set('scope', deps.scopes.join(','));
  location.searchParams.set('state', stateOf(deps.stateKey, { nonce, until }));
  return new Response(null, {
    status: 302,
    headers: {
      location: location.href,
      'set-cookie': `${cookie}=${nonce}; Max-Age=${patience / 1000}; ${cookieRules}`,
      'cache-control': 'no-store',
    },
  });
};

type State = { readonly nonce: string; readonly until: number };

const stateOf = (key: string, { nonce, until }: State): string => {
  const body = `${until}.${nonce}`;
  // The prefix keeps a signature made for anything else from passing as a state's.
  return `${body}.${createHmac('sha256', key).update(`slack-install.${body}`).digest('base64url')}`;
};

/** Whether the state is one of ours, in time, and came back to the browser that began. */
const isOurs = (deps: InstallDeps, state: string, request: Request): boolean => {
  const [until = '', nonce = ''] = state.split('.');
  const expected = Buffer.from(stateOf(deps.stateKey, { nonce, until: Number(until) }));
  const given = Buffer.from(state);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
  if (deps.clock.now().getTime() > Number(until)) return false;
  const cookies = (request.headers.get('cookie') ?? '').split(/;\s*/);
  return cookies.includes(`${cookie}=${nonce}`);
};

/** How an installation ends, and for an organisation where its workspaces are added. */
type End = { readonly status: number; readonly key: string; readonly next?: string };

const end = (status: number, key: string): End => ({ status, key: `slack.install-${key}` });

const finish = async (deps: InstallDeps, request: Request): Promise<End> => {
  const { searchParams } = new URL(request.url);
  const refuse = (status: number, key: string, reason: string): End => {
    deps.log.warn('slack-install-refused', { reason });
    return end(status, key);
  };
  if (searchParams.has('error')) return refuse(400, 'cancelled', 'cancelled');
  const code = searchParams.get('code');
  const state = searchParams.get('state');
  if (code === null) return refuse(400, 'again', 'no-code');
  if (state !== null && !isOurs(deps, state, request)) return refuse(400, 'again', 'state');
  const exchanged = await exchangeCode(deps, code);
  if (exchanged.state !== 'installed') return refuse(502, 'again', exchanged.reason);
  const { installation } = exchanged;
  if (!isAllowed(deps, installation)) {
    await revokeToken(deps, installation.tokens.access);
    return refuse(403, 'not-allowed', 'not-allowed');
  }
  // Only an organisation's administrator may come without a state: Slack's own pages start that installation.
  if (state === null && installation.teamId !== null) return refuse(400, 'again', 'no-state');
  return keep(deps, installation);
};

const isAllowed = ({ allowed }: InstallDeps, { teamId, enterpriseId }: Installation): boolean =>
  [teamId, enterpriseId].some((id) => id !== null && allowed.includes(id));

const keep = async (deps: InstallDeps, installation: Installation): Promise<End> => {
  const { enterpriseId, teamId, appId, installedAt } = installation;
  const inbound: Inbound = {
    platform: 'slack',
    key: `slack/installation/${enterpriseId ?? ''}/${teamId ?? ''}/${installedAt}`,
    receivedAt: installedAt,
    body: { type: installationType, sealed: await deps.seal(installation) },
    ballot: null,
  };
  try {
    await deps.queue.put(JSON.stringify(inbound));
  } catch (error) {
    deps.log.error('slack-install-failed', {
      error: error instanceof Error ? error.name : 'unknown',
    });
    return end(500, 'again');
  }
  deps.log.info('slack-installed', { enterprise: enterpriseId, workspace: teamId });
  if (teamId !== null) return end(200, 'done');
  const manage = `https://app.slack.com/manage/${enterpriseId}/integrations/profile/${appId}`;
  return { ...end(200, 'done-organisation'), next: `${manage}/workspaces/add` };
};

/** A page in both languages: nobody has told us yet which one the administrator reads. */
const page = ({ catalogue }: InstallDeps, { status, key, next }: End): Response => {
  const told = languages.map(
    (language) => `<p lang="${language}">${escaped(sayIn(catalogue, language)(key))}</p>`,
  );
  const link = next === undefined ? '' : `<p><a href="${escaped(next)}">${escaped(next)}</a></p>`;
  const head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">';
  const body = `<h1>Langkah</h1>${told.join('')}${link}`;
  const html = `<!doctype html><html lang="id"><head>${head}<title>Langkah</title></head><body>${body}</body></html>`;
  return new Response(html, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      // The address carries the code.
      'referrer-policy': 'no-referrer',
      'set-cookie': `${cookie}=; Max-Age=0; ${cookieRules}`,
    },
  });
};

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
