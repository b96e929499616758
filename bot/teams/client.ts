/** The Connector REST API, one POST per call and no retry: whatever is ambiguous is reported as unknown. */
import * as z from 'zod';
import { ConfigError } from '../../core/errors.ts';
import { networkFailure } from '../../core/network.ts';
import type { Outcome } from '../../core/ports.ts';
import { isAllowedServiceUrl } from './verify.ts';
import type { TeamsMessage } from './view.ts';

/** A conversation that exists now, or why it does not. */
type Created =
  | { readonly state: 'created'; readonly conversation: string }
  | Exclude<Outcome, { state: 'sent' }>;

export type ConnectorClient = {
  /** Adds an activity to a conversation. */
  readonly send: (to: Place, activity: TeamsMessage) => Promise<Outcome>;
  /** Changes the activity `ref` in place. */
  readonly update: (
    to: Place & { readonly ref: string },
    activity: TeamsMessage,
  ) => Promise<Outcome>;
  /** Opens (or finds again: the call is idempotent) the one-to-one conversation with a person. */
  readonly create: (person: {
    readonly serviceUrl: string;
    readonly tenantId: string;
    readonly appId: string;
    /** Entra object id. */
    readonly userId: string;
  }) => Promise<Created>;
};

export type Place = { readonly serviceUrl: string; readonly conversation: string };

type Settings = {
  /** A bearer token for the Connector; rejects when none can be had, with ConfigError when the settings are at fault. */
  readonly token: () => Promise<string>;
  readonly fetch: typeof fetch;
  /** Exact hosts that may receive the token. */
  readonly allowedHosts: readonly string[];
  /** Milliseconds after which a silent request is given up as unknown; 15,000 unless told. */
  readonly timeout?: number;
};

type Failure = Exclude<Outcome, { state: 'sent' }>;
type Answer =
  | { readonly ok: true; readonly status: number; readonly id: string | null }
  | { readonly ok: false; readonly failure: Failure };

/** A client of the Connector API (learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference). */
export const connectorClient = (settings: Settings): ConnectorClient => ({
  send: async (to, activity) => {
    const path = `v3/conversations/${encodeURIComponent(to.conversation)}/activities`;
    return sent(await call(settings, { ...to, method: 'POST', path, body: activity }), to);
  },
  update: async (to, activity) => {
    const path = `v3/conversations/${encodeURIComponent(to.conversation)}/activities/${encodeURIComponent(to.ref)}`;
    const body = { ...activity, id: to.ref };
    return sent(await call(settings, { ...to, method: 'PUT', path, body }), to);
  },
  create: async ({ serviceUrl, tenantId, appId, userId }) => {
    const body = {
      isGroup: false,
      bot: { id: `28:${appId}` },
      members: [{ id: userId }],
      tenantId,
      channelData: { tenant: { id: tenantId } },
    };
    const answer = await call(settings, {
      serviceUrl,
      method: 'POST',
      path: 'v3/conversations',
      body,
    });
    if (!answer.ok) return answer.failure;
    if (answer.id === null) return unknown(`http-${answer.status}-without-id`);
    return { state: 'created', conversation: answer.id };
  },
});

const unknown = (reason: string): Failure => ({ state: 'unknown', reason });

const sent = (answer: Answer, to: Place & { readonly ref?: string }): Outcome => {
  if (!answer.ok) return answer.failure;
  const ref = to.ref ?? answer.id;
  if (ref === null) return unknown(`http-${answer.status}-without-id`);
  return { state: 'sent', ref, conversation: to.conversation };
};

const idSchema = z.object({ id: z.string().min(1) });

const call = async (
  settings: Settings,
  request: {
    readonly serviceUrl: string;
    readonly method: 'POST' | 'PUT';
    readonly path: string;
    readonly body: unknown;
  },
): Promise<Answer> => {
  if (!isAllowedServiceUrl(request.serviceUrl, settings.allowedHosts))
    return refused({ state: 'unreachable', reason: 'service-url-not-allowed' });
  let token: string;
  try {
    token = await settings.token();
  } catch (error) {
    return refused(
      error instanceof ConfigError
        ? { state: 'lane-paused', reason: 'token-refused' }
        : { state: 'retry', reason: 'token-unavailable', afterSeconds: null },
    );
  }
  const base = request.serviceUrl.endsWith('/') ? request.serviceUrl : `${request.serviceUrl}/`;
  try {
    const response = await settings.fetch(new URL(request.path, base), {
      method: request.method,
      // A redirect would carry the token to a host nobody allowed.
      redirect: 'manual',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(request.body),
      signal: AbortSignal.timeout(settings.timeout ?? 15_000),
    });
    const body: unknown = await response.json().catch(() => null);
    if (!response.ok) return refused(classifyResponse(response, body));
    const id = idSchema.safeParse(body);
    return { ok: true, status: response.status, id: id.success ? id.data.id : null };
  } catch (error) {
    const { sent: left, reason } = networkFailure(error);
    return refused(left ? unknown(reason) : { state: 'retry', reason, afterSeconds: null });
  }
};

const refused = (failure: Failure): Answer => ({ ok: false, failure });

/**
 * Terminal codes of a 403 and our words for them
 * (learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-messages, "Status codes").
 */
const blocked: Readonly<Record<string, string>> = {
  ConversationBlockedByUser: 'blocked-by-user',
  BotNotInConversationRoster: 'not-installed',
  BotDisabledByAdmin: 'disabled-by-admin',
  MessageWritesBlocked: 'writes-blocked',
};

const errorSchema = z.object({
  error: z.object({ code: z.string().optional(), subCode: z.string().optional() }).optional(),
  code: z.string().optional(),
  subCode: z.string().optional(),
});

/** What a refusal of the Connector means; only answers that surely had no effect are called retry or unreachable. */
const classifyResponse = (
  response: { readonly status: number; readonly headers: Pick<Headers, 'get'> },
  body: unknown,
): Failure => {
  const read = errorSchema.safeParse(body);
  const { error, code, subCode } = read.success ? read.data : {};
  const codes = [error?.subCode, subCode, error?.code, code].filter((one) => one !== undefined);
  switch (response.status) {
    case 429:
      return {
        state: 'retry',
        reason: 'throttled',
        afterSeconds: retryAfter(response.headers.get('retry-after')) ?? unsaidWait,
      };
    case 412:
      // One conversation is busy: no reason for the others to wait.
      return { state: 'retry', reason: 'conversation-busy', afterSeconds: null };
    case 401:
      return { state: 'lane-paused', reason: 'unauthorized' };
    case 403: {
      const reason = codes.map((one) => blocked[one]).find((known) => known !== undefined);
      return reason === undefined
        ? { state: 'retry', reason: 'http-403', afterSeconds: null }
        : { state: 'unreachable', reason };
    }
    case 404:
      return {
        state: 'unreachable',
        reason: codes.includes('ActivityNotFoundInConversation')
          ? 'message-not-found'
          : 'conversation-not-found',
      };
    case 400:
    case 413:
      // The message itself is at fault: the same bytes again cannot help.
      return { state: 'unreachable', reason: `refused:http-${response.status}` };
    default:
      return byStatus(response.status);
  }
};

const byStatus = (status: number): Failure =>
  status >= 400 && status < 500 && status !== 408
    ? { state: 'retry', reason: `http-${status}`, afterSeconds: null }
    : unknown(`http-${status}`);

/** Seconds the whole lane waits when it is throttled without a usable Retry-After. */
const unsaidWait = 30;

/** Whole seconds, or null when absent or given as a date. */
const retryAfter = (header: string | null): number | null =>
  header !== null && /^\d{1,6}$/.test(header.trim()) ? Number(header) : null;
