/** A Microsoft Teams tenant on this machine: Connector, signing keys, people who press and type. */
import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import * as z from 'zod';
import { type Clock, hour } from '../../../../core/clock.ts';
import type { LocalMessage } from '../../../../core/store/local-messages.ts';
import { once } from '../../../app/once.ts';
import type { ChatFault } from '../faults.ts';
import { type Received, received } from '../received.ts';
import { type ConnectorState, conversationOf, keep, serveConnector } from './connector.ts';

/** The local tenant's service URL; names under `localhost` never leave the machine. */
const localServiceUrl = 'https://teams.localhost/';
/** Hosts to allow besides Microsoft's when this tenant is used. */
export const localHosts: readonly string[] = ['teams.localhost'];
const issuer = 'https://teams.localhost/issuer';
const metadataUrl = 'https://teams.localhost/.well-known/openidconfiguration';
const keysUrl = 'https://teams.localhost/keys';

export type TeamsTenant = {
  /** Serves the Connector API, the OpenID metadata and the keys, and nothing else. */
  readonly fetch: typeof fetch;
  readonly issuer: string;
  readonly metadataUrl: string;
  readonly serviceUrl: string;
  /** The bot's bearer token for the Connector, one per hour of the clock. */
  readonly token: () => Promise<string>;
  readonly message: (ref: string) => LocalMessage | null;
  /** A signed request to the door: a press of `action` (the element as in the card) with the card's inputs. */
  readonly press: (press: TeamsPress) => Promise<Request>;
  readonly type: (typed: { readonly userId: string; readonly text: string }) => Promise<Request>;
  readonly install: (person: {
    readonly userId: string;
    readonly action?: 'add' | 'remove';
  }) => Promise<Request>;
  /** Does what the client does with the door's answer to a press: a card replaces the pressed one, a text is shown. */
  readonly settle: (ref: string, answer: Response) => Promise<TeamsSettled>;
};

type TeamsPress = {
  readonly userId: string;
  readonly ref: string;
  readonly action: unknown;
  readonly inputs: Readonly<Record<string, string>>;
};

/** What the person sees after a press: the changed card, a short text, or that it failed. */
export type TeamsSettled =
  | { readonly state: 'changed'; readonly card: Readonly<Record<string, unknown>> }
  | { readonly state: 'told'; readonly text: string }
  | { readonly state: 'failed'; readonly status: number }
  | { readonly state: 'accepted' };

type Settings = {
  readonly clock: Clock;
  /** The bot's app id, audience of every token. */
  readonly appId: string;
  readonly tenantId: string;
  readonly refuses: (userId: string) => boolean;
  readonly lacks?: ConnectorState['lacks'];
  readonly emailOf?: ConnectorState['emailOf'];
  readonly fault: () => ChatFault | null;
  /** Keeps each new or changed message. */
  readonly save: (message: LocalMessage) => Promise<void>;
  /** Messages of an earlier run. */
  readonly stored?: readonly LocalMessage[];
};

/** Opens the tenant; its RSA key lives as long as the process. */
export const createTeamsTenant = async (settings: Settings): Promise<TeamsTenant> => {
  const keys = await signingKeys(settings);
  const token = hourly(settings.clock, async (at) => `local-${at.getTime()}-${randomUUID()}`);
  const messages = new Map((settings.stored ?? []).map((message) => [message.ref, message]));
  const tokens = new Set<string>();
  const state: ConnectorState = { ...settings, messages, isToken: (one) => tokens.has(one) };
  const signed = async (activity: object): Promise<Request> =>
    new Request('http://langkah.localhost/teams/messages', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await keys.bearer()}`,
        'content-type': 'application/json; charset=utf-8',
      },
      body: JSON.stringify(activity),
    });
  return {
    fetch: async (input, init) => serve(state, keys.jwks, received(input, init)),
    issuer,
    metadataUrl,
    serviceUrl: localServiceUrl,
    token: async () => {
      const fresh = await token();
      tokens.add(fresh);
      return fresh;
    },
    message: (ref) => messages.get(ref) ?? null,
    press: async (press) => signed(pressed(settings, press)),
    type: async ({ userId, text }) =>
      signed({ ...activityOf(settings, userId), type: 'message', text, textFormat: 'plain' }),
    install: async ({ userId, action = 'add' }) =>
      signed({ ...activityOf(settings, userId), type: 'installationUpdate', action }),
    settle: async (ref, answer) => settle(state, ref, answer),
  };
};

const serve = async (state: ConnectorState, jwks: object, request: Received): Promise<Response> => {
  const { host, pathname } = new URL(request.url);
  if (!localHosts.includes(host)) throw new TypeError(`the local tenant does not reach ${host}`);
  if (request.url === metadataUrl) return Response.json({ issuer, jwks_uri: keysUrl });
  if (request.url === keysUrl) return Response.json(jwks);
  return pathname.startsWith('/v3/conversations')
    ? serveConnector(state, request)
    : new Response(null, { status: 404 });
};

/** A strong key takes a while, and every tenant of this process may share it. */
const keyPair = once(() => generateKeyPair('RS256'));

/** A key of this process and the bearer token that signs for it, one signature per hour of the clock. */
const signingKeys = async ({
  clock,
  appId,
}: Settings): Promise<{ readonly jwks: object; readonly bearer: () => Promise<string> }> => {
  const { privateKey, publicKey } = await keyPair();
  const kid = randomUUID();
  const jwk = { ...(await exportJWK(publicKey)), kid, use: 'sig', endorsements: ['msteams'] };
  const bearer = hourly(clock, (at) =>
    new SignJWT({ serviceurl: localServiceUrl })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid })
      .setIssuer(issuer)
      .setAudience(appId)
      .setNotBefore(at)
      .setExpirationTime(new Date(at.getTime() + hour))
      .sign(privateKey),
  );
  return { jwks: { keys: [jwk] }, bearer };
};

/** Makes a value at most once in each hour of the clock; `at` is the start of that hour. */
const hourly = (clock: Clock, make: (at: Date) => Promise<string>): (() => Promise<string>) => {
  let made: { readonly hour: number; readonly value: Promise<string> } | null = null;
  return () => {
    const current = Math.floor(clock.now().getTime() / hour);
    if (made?.hour !== current) made = { hour: current, value: make(new Date(current * hour)) };
    return made.value;
  };
};

/** What every activity of a person in this tenant has in common, as Teams sends it. */
const activityOf = ({ clock, appId, tenantId }: Settings, userId: string) => ({
  id: `f:${randomUUID()}`,
  timestamp: clock.now().toISOString(),
  channelId: 'msteams',
  serviceUrl: localServiceUrl,
  from: { id: `29:${userId}`, aadObjectId: userId },
  recipient: { id: `28:${appId}` },
  conversation: { id: conversationOf(userId), conversationType: 'personal', tenantId },
  channelData: { tenant: { id: tenantId } },
});

const actionSchema = z.object({
  type: z.enum(['Action.Execute', 'Action.Submit']),
  title: z.string().optional(),
  verb: z.string().optional(),
  data: z.record(z.string(), z.unknown()).default({}),
  associatedInputs: z.enum(['auto', 'none']).default('auto'),
});

const pressed = (settings: Settings, { userId, ref, action, inputs }: TeamsPress): object => {
  const { type, title, verb, data, associatedInputs } = actionSchema.parse(action);
  const sent = associatedInputs === 'none' ? data : { ...data, ...inputs };
  const common = { ...activityOf(settings, userId), replyToId: ref };
  return type === 'Action.Submit'
    ? { ...common, type: 'message', value: sent }
    : {
        ...common,
        type: 'invoke',
        name: 'adaptiveCard/action',
        value: { action: { type, title, verb, data: sent }, trigger: 'manual' },
      };
};

const answerSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('application/vnd.microsoft.card.adaptive'),
    value: z.record(z.string(), z.unknown()),
  }),
  z.object({ type: z.literal('application/vnd.microsoft.activity.message'), value: z.string() }),
]);

const settle = async (
  state: ConnectorState,
  ref: string,
  answer: Response,
): Promise<TeamsSettled> => {
  if (answer.status !== 200) return { state: 'failed', status: answer.status };
  const text = await answer.text();
  if (text === '') return { state: 'accepted' };
  const read = answerSchema.parse(JSON.parse(text));
  if (read.type === 'application/vnd.microsoft.activity.message')
    return { state: 'told', text: read.value };
  const stored = state.messages.get(ref);
  if (stored === undefined) return { state: 'failed', status: 404 };
  const attachments = [{ contentType: read.type, content: read.value }];
  await keep(state, {
    ...stored,
    payload: { ...Object(stored.payload), attachments },
    changedAt: state.clock.now(),
  });
  return { state: 'changed', card: read.value };
};
