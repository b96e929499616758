/** The Connector REST API, one request per call and no retry: whatever is ambiguous is reported as unknown. */
import * as z from 'zod';
import { ConfigError } from '../../core/errors.ts';
import type { Failure, Hindrance, Outcome, Profile } from '../../core/ports.ts';
import { classifyResponse, noAnswer, unknown } from './outcome.ts';
import { isAllowedServiceUrl } from './verify.ts';
import type { TeamsMessage } from './view.ts';

/** A conversation that exists now, or why it does not. */
type Created = { readonly state: 'created'; readonly conversation: string } | Failure;

/** Where something is said. */
export type Place = { readonly serviceUrl: string; readonly conversation: string };
type MessagePlace = Place & { readonly ref: string };

export type ConnectorClient = {
  /** Adds an activity to a conversation, unless asked right before the write there is a hindrance. */
  readonly send: (to: Place, activity: TeamsMessage, hindrance?: Hindrance) => Promise<Outcome>;
  /** Changes the activity `ref` in place. */
  readonly update: (to: MessagePlace, activity: TeamsMessage) => Promise<Outcome>;
  /** Takes the activity `ref` away. */
  readonly remove: (at: MessagePlace) => Promise<Outcome>;
  /** Opens (or finds again: the call is idempotent) the one-to-one conversation with a person. */
  readonly create: (person: {
    readonly serviceUrl: string;
    readonly tenantId: string;
    readonly appId: string;
    /** Entra object id. */
    readonly userId: string;
  }) => Promise<Created>;
  /** What the directory says of the person in a conversation, by Entra object id. */
  readonly member: (of: Place & { readonly userId: string }) => Promise<Profile>;
};

type Settings = {
  /** A bearer token for the Connector; rejects when none can be had, with ConfigError when the settings are at fault. */
  readonly token: () => Promise<string>;
  readonly fetch: typeof fetch;
  /** Exact hosts that may receive the token. */
  readonly allowedHosts: readonly string[];
  /** Milliseconds after which a silent request is given up as unknown; 15,000 unless told. */
  readonly timeout?: number;
};

type Answer =
  | { readonly ok: true; readonly status: number; readonly body: unknown }
  | { readonly ok: false; readonly failure: Failure };

/** A client of the Connector API (learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference). */
export const connectorClient = (settings: Settings): ConnectorClient => ({
  send: async (to, activity, hindrance) => {
    const path = `${pathOf(to)}/activities`;
    const request = { ...to, method: 'POST', path, body: activity, hindrance } as const;
    return sent(await call(settings, request), to);
  },
  update: async (to, activity) => {
    const body = { ...activity, id: to.ref };
    return sent(await call(settings, { ...to, method: 'PUT', path: activityPath(to), body }), to);
  },
  remove: async (at) =>
    sent(await call(settings, { ...at, method: 'DELETE', path: activityPath(at) }), at),
  create: async ({ serviceUrl, tenantId, appId, userId }) => {
    const body = {
      isGroup: false,
      bot: { id: `28:${appId}` },
      members: [{ id: userId }],
      tenantId,
      channelData: { tenant: { id: tenantId } },
    };
    const path = 'v3/conversations';
    const answer = await call(settings, { serviceUrl, method: 'POST', path, body });
    if (!answer.ok) return answer.failure;
    const id = idOf(answer);
    if (id === null) return unknown(`http-${answer.status}-without-id`);
    return { state: 'created', conversation: id };
  },
  member: async (of) => {
    const path = `${pathOf(of)}/pagedmembers?pageSize=50`;
    return profileOf(await call(settings, { ...of, method: 'GET', path }), of.userId);
  },
});

const pathOf = ({ conversation }: Place): string =>
  `v3/conversations/${encodeURIComponent(conversation)}`;
const activityPath = (at: MessagePlace): string =>
  `${pathOf(at)}/activities/${encodeURIComponent(at.ref)}`;

const sent = (answer: Answer, to: Place & { readonly ref?: string }): Outcome => {
  if (!answer.ok) return answer.failure;
  const ref = to.ref ?? idOf(answer);
  if (ref === null) return unknown(`http-${answer.status}-without-id`);
  return { state: 'sent', ref, conversation: to.conversation };
};

const idSchema = z.object({ id: z.string().min(1) });

const idOf = ({ body }: Extract<Answer, { ok: true }>): string | null => {
  const read = idSchema.safeParse(body);
  return read.success ? read.data.id : null;
};

const wordSchema = z.string().optional().catch(undefined);
/** The Entra id goes by either name (learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context). */
const membersSchema = z.object({
  members: z.array(
    z.object({
      aadObjectId: wordSchema,
      objectId: wordSchema,
      email: wordSchema,
      userPrincipalName: wordSchema,
      userRole: wordSchema,
    }),
  ),
});

/** A conversation of two has one member besides the bot; anybody else's e-mail would be a stranger's. */
const profileOf = (answer: Answer, userId: string): Profile => {
  if (!answer.ok) return { state: 'unclear', reason: answer.failure.reason };
  const read = membersSchema.safeParse(answer.body);
  const member = read.data?.members.find(({ aadObjectId, objectId }) =>
    [aadObjectId, objectId].some((id) => id?.toLowerCase() === userId.toLowerCase()),
  );
  if (member === undefined) return { state: 'unclear', reason: 'no-such-member' };
  const { email, userPrincipalName, userRole } = member;
  const emails = [email, userPrincipalName]
    .map((one) => one?.trim().toLowerCase() ?? '')
    .filter((one) => one.includes('@'));
  const guest = userRole === 'guest' || emails.some((one) => one.includes('#ext#'));
  return {
    state: 'known',
    members: [...new Set(emails)].map((one) => ({
      userId,
      email: one,
      // The Connector tells no time zone.
      zone: null,
      status: guest ? 'guest' : 'staff',
    })),
  };
};

const call = async (
  settings: Settings,
  request: {
    readonly serviceUrl: string;
    readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
    readonly path: string;
    readonly body?: unknown;
    readonly hindrance?: Hindrance | undefined;
  },
): Promise<Answer> => {
  if (!isAllowedServiceUrl(request.serviceUrl, settings.allowedHosts))
    return refused({ state: 'unreachable', reason: 'service-url-not-allowed' });
  let token: string;
  try {
    token = await settings.token();
  } catch (error) {
    return refused(withoutToken(error));
  }
  const hindered = (await request.hindrance?.()) ?? null;
  if (hindered !== null) return refused(hindered);
  const base = request.serviceUrl.endsWith('/') ? request.serviceUrl : `${request.serviceUrl}/`;
  try {
    const response = await settings.fetch(new URL(request.path, base), {
      method: request.method,
      // A redirect would carry the token to a host nobody allowed.
      redirect: 'manual',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      signal: AbortSignal.timeout(settings.timeout ?? 15_000),
    });
    const body: unknown = await response.json().catch(() => null);
    return response.ok
      ? { ok: true, status: response.status, body }
      : refused(classifyResponse(response, body));
  } catch (error) {
    return refused(noAnswer(error));
  }
};

const refused = (failure: Failure): Answer => ({ ok: false, failure });

/** Wrong settings stop the lane; anything else may pass. */
const withoutToken = (error: unknown): Failure =>
  error instanceof ConfigError
    ? { state: 'lane-paused', reason: 'token-refused' }
    : { state: 'retry', reason: 'token-unavailable', afterSeconds: null };
