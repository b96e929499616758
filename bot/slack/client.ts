/** Slack's Web API, one POST per call and no retry: whatever is ambiguous is reported as unknown. */
import {
  type FetchFunction,
  type Logger,
  LogLevel,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebClient,
} from '@slack/web-api';
import * as z from 'zod';
import type { Failure, Hindrance, MessageKey, Outcome } from '../../core/ports.ts';
import { respond } from './forms/response-url.ts';
import { byCode, byStatus, fromNetwork, isTokenRefused, unknown } from './outcome.ts';
import type { SlackMessage } from './view.ts';

/** A message for a channel id or, for a first direct message, a user id. */
export type SlackPost = SlackMessage & { readonly channel: string };

export type SlackClient = {
  /**
   * chat.postMessage; the key travels as metadata, so that a lost answer can be looked up later, and as client_msg_id
   * where the workspace honours that.
   */
  readonly post: (
    workspaceId: string,
    message: SlackPost,
    key: MessageKey | null,
  ) => Promise<Outcome>;
  /** chat.update of the message `ts`. */
  readonly update: (
    workspaceId: string,
    message: SlackPost & { readonly ts: string },
  ) => Promise<Outcome>;
  /** Posts to a response URL; null when it took the message, a refusal or a doubt otherwise. */
  readonly respond: (
    url: string,
    message: SlackMessage & {
      readonly replace_original: boolean;
      readonly response_type?: 'ephemeral' | 'in_channel';
    },
  ) => Promise<Failure | null>;
  /** Any other method, whose answer must fit `schema`. */
  readonly ask: <T>(
    workspaceId: string,
    request: {
      readonly method: string;
      readonly arguments: Readonly<Record<string, unknown>>;
      readonly schema: z.ZodType<T>;
    },
  ) => Promise<Asked<T>>;
};

export type Asked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };

type Settings = {
  /** The current bot token of a workspace, and another one than `refused`; null when the app is not installed there. */
  readonly token: (workspaceId: string, refused?: string) => Promise<string | null>;
  readonly fetch: typeof fetch;
  /** `https://slack.com/api/` in the commercial cloud. */
  readonly apiUrl: string;
  /** Milliseconds after which a silent request is given up as unknown; 15,000 unless told. */
  readonly timeout?: number;
};

/** The name of our message metadata; its payload is the key and nothing else. */
export const metadataType = 'langkah_message';

/** A client of the methods we use (docs.slack.dev/reference/methods). */
export const slackClient = (settings: Settings): SlackClient => {
  const call = caller(settings);
  return {
    post: async (workspaceId, message, key) => {
      const arguments_ = key === null ? message : { ...message, ...keyArguments(key) };
      const request = { method: 'chat.postMessage', arguments: arguments_ };
      return sent(await call(workspaceId, { ...request, hindrance: key?.hindrance }));
    },
    update: async (workspaceId, { unfurl_links: _links, unfurl_media: _media, ...message }) =>
      sent(await call(workspaceId, { method: 'chat.update', arguments: message })),
    respond: async (url, message) => respond(settings, url, message),
    ask: async (workspaceId, { schema, ...request }) => {
      const answer = await call(workspaceId, request);
      if (!answer.ok) return answer;
      const read = schema.safeParse(answer.value);
      return read.success
        ? { ok: true, value: read.data }
        : { ok: false, failure: unknown('unreadable-answer') };
    },
  };
};

const keyArguments = ({ key, honoured = false }: MessageKey) => ({
  metadata: { event_type: metadataType, event_payload: { key } },
  ...(honoured ? { client_msg_id: key } : {}),
});

const sentSchema = z.object({ ts: z.string().min(1), channel: z.string().min(1) });

const sent = (answer: Asked<unknown>): Outcome => {
  if (!answer.ok) return answer.failure;
  const read = sentSchema.safeParse(answer.value);
  return read.success
    ? { state: 'sent', ref: read.data.ts, conversation: read.data.channel }
    : unknown('answer-without-ts');
};

type Request = {
  readonly method: string;
  readonly arguments: object;
  /** Asked once the token is there. */
  readonly hindrance?: Hindrance | undefined;
};

type Call = (workspaceId: string, request: Request) => Promise<Asked<unknown>>;

/**
 * Calls with the current token of a workspace. The SDK's client tells nothing of the HTTP answer below an error, so one
 * client watches one call at a time; a free one of the same token is used again, for making one takes longer than a call.
 */
const caller = (settings: Settings): Call => {
  let free: readonly Watched[] = [];
  return async (workspaceId, { method, arguments: given, hindrance }) => {
    const found = await tokenOf(settings, workspaceId);
    const token = (await hindrance?.()) ?? found;
    if (typeof token !== 'string') return failed(token);
    const idle = free.find((one) => one.token === token);
    free = free.filter((one) => one !== idle);
    const watched = idle ?? watchedClient(settings, token);
    watched.last = nothingYet;
    const ofWorkspace = takesWorkspace.includes(method) ? { team_id: workspaceId } : {};
    try {
      return { ok: true, value: await watched.web.apiCall(method, { ...given, ...ofWorkspace }) };
    } catch (error) {
      const failure = failureOf(error, watched.last);
      return failed(await unlessRenewed(settings, workspaceId, { token, failure }));
    } finally {
      // One whose call never got an answer may still hear it, in the middle of another call.
      if (watched.last !== nothingYet) free = [watched, ...free].slice(0, mostFree);
    }
  };
};

const tokenOf = async (settings: Settings, workspaceId: string): Promise<string | Failure> => {
  try {
    return (await settings.token(workspaceId)) ?? { state: 'lane-paused', reason: 'not-installed' };
  } catch {
    return { state: 'retry', reason: 'token-unavailable', afterSeconds: null };
  }
};

/**
 * The methods of ours that take `team_id`: an organisation's token reaches many workspaces, other tokens ignore it
 * (api.slack.com/enterprise/apps/changes-apis). The rest name somebody or something that is in one place already, by
 * `channel`, `user_id`, `view_id` or `trigger_id`, and refuse an argument they do not know.
 */
const takesWorkspace: readonly string[] = ['users.list'];

/** A token that was refused and has been replaced meanwhile is no reason to stop: the call had no effect and goes again. */
const unlessRenewed = async (
  settings: Settings,
  workspaceId: string,
  { token, failure }: { readonly token: string; readonly failure: Failure },
): Promise<Failure> => {
  if (!isTokenRefused(failure)) return failure;
  const fresh = await settings.token(workspaceId, token).catch(() => null);
  return fresh === null || fresh === token
    ? failure
    : { state: 'retry', reason: 'token-renewed', afterSeconds: null };
};

const failed = (failure: Failure): Asked<never> => ({ ok: false, failure });

/** Clients kept for the next call; a lane has at most 16 calls under way. */
const mostFree = 32;

const failureOf = (error: unknown, last: LastAnswer): Failure => {
  if (last.status === 429) return byStatus(429, last.retryAfter);
  if (error instanceof WebAPIPlatformError) return byCode(error.data.error, last.retryAfter);
  if (error instanceof WebAPIHTTPError) return byStatus(error.statusCode, last.retryAfter);
  return fromNetwork(error);
};

/** What a call's last HTTP answer said; the SDK keeps a throttled answer's header only when it is a number. */
type LastAnswer = { readonly status: number | null; readonly retryAfter: string | null };
const nothingYet: LastAnswer = { status: null, retryAfter: null };

type Watched = { readonly token: string; readonly web: WebClient; last: LastAnswer };

const watchedClient = (settings: Settings, token: string): Watched => {
  const watch: FetchFunction = async (url, init) => {
    const response = await settings.fetch(url, init as RequestInit);
    const retryAfter = response.headers.get('retry-after');
    watched.last = { status: response.status, retryAfter };
    return response;
  };
  const web = new WebClient(token, {
    slackApiUrl: settings.apiUrl,
    fetch: watch,
    timeout: settings.timeout ?? 15_000,
    // Its default re-posts on lost answers, which doubles messages: repeating belongs to the outbox.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    logger: silent,
  });
  const watched: Watched = { token, web, last: nothingYet };
  return watched;
};

/** The outcome says what happened; the SDK's own lines would repeat it with parts of the answer. */
const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};
