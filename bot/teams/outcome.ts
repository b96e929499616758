/** What answers of the Connector and of Microsoft Graph mean; only what surely had no effect is retried. */
import * as z from 'zod';
import { networkFailure, retryAfter } from '../../core/network.ts';
import type { Failure } from '../../core/ports.ts';

/** Everything ambiguous. */
export const unknown = (reason: string): Failure => ({ state: 'unknown', reason });

/** A request without an answer: unknown unless surely nothing left. */
export const noAnswer = (error: unknown): Failure => {
  const { sent, reason } = networkFailure(error);
  return sent ? unknown(reason) : { state: 'retry', reason, afterSeconds: null };
};

/**
 * Terminal codes of a 403 and our words for them (learn.microsoft.com/microsoftteams/platform/bots/
 * build-conversational-capability, "Status codes from bot conversational APIs").
 */
const blocked: Readonly<Record<string, string>> = {
  ConversationBlockedByUser: 'blocked-by-user',
  BotDisabledByUser: 'blocked-by-user',
  BotNotInConversationRoster: 'not-installed',
  /** "Bot isn't installed in user's personal scope": what opening a conversation answers. */
  ForbiddenOperationException: 'not-installed',
  BotDisabledByAdmin: 'disabled-by-admin',
  MessageWritesBlocked: 'writes-blocked',
};

/** The tenant is served by another cloud's Connector: nobody in it can be reached before TEAMS_CLOUD says so. */
const wrongHost = 'InvalidBotApiHost';

/**
 * Neither service has a code for a missing licence or for a guest (Graph answers the code `Forbidden` to both): words are
 * all there is, and they are asked last. A refusal without one of these says nothing of the person.
 */
const told: readonly (readonly [words: RegExp, reason: string])[] = [
  [/licen[cs]e/i, 'unlicensed'],
  [/\bguest\b/i, 'guest'],
];

const part = z.object({
  code: z.string().optional().catch(undefined),
  subCode: z.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
});
const errorSchema = part.extend({ error: part.optional().catch(undefined) });

type Refusal = { readonly codes: readonly string[]; readonly words: string };

/** Codes and words of a refusal, the innermost code first; empty when its body is of another shape. */
export const readError = (body: unknown): Refusal => {
  const read = errorSchema.safeParse(body);
  const { error, code, subCode, message } = read.success ? read.data : {};
  const codes = [error?.subCode, subCode, error?.code, code].filter((one) => one !== undefined);
  const inner = [error?.message, message].flatMap(within);
  return { codes: [...inner, ...codes], words: [error?.message, message].join(' ') };
};

/** Codes of what a service behind the Connector has said: it is passed on as JSON in the message ("send-proactive-messages"). */
const within = (message: string | undefined): readonly string[] => {
  if (message?.trimStart().startsWith('{') !== true) return [];
  try {
    const { subCode, code } = part.parse(JSON.parse(message));
    return [subCode, code].filter((one) => one !== undefined);
  } catch {
    return [];
  }
};

/** Why this person cannot be reached, or null when a 403 does not say so. */
const reasonFor = ({ codes, words }: Refusal): string | null =>
  codes.map((one) => blocked[one]).find((known) => known !== undefined) ??
  told.find(([pattern]) => pattern.test(words))?.[1] ??
  null;

/** What a refusal means; only answers that surely had no effect are called retry or unreachable. */
export const classifyResponse = (
  response: { readonly status: number; readonly headers: Pick<Headers, 'get'> },
  body: unknown,
): Failure => {
  const error = readError(body);
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
    case 403:
      return forbidden(error);
    case 404:
      return {
        state: 'unreachable',
        reason: error.codes.includes('ActivityNotFoundInConversation')
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

const forbidden = (refusal: Refusal): Failure => {
  if (refusal.codes.includes(wrongHost)) return { state: 'lane-paused', reason: 'wrong-cloud' };
  const reason = reasonFor(refusal);
  return reason === null
    ? { state: 'retry', reason: 'http-403', afterSeconds: null }
    : { state: 'unreachable', reason };
};

const byStatus = (status: number): Failure =>
  status >= 400 && status < 500 && status !== 408
    ? { state: 'retry', reason: `http-${status}`, afterSeconds: null }
    : unknown(`http-${status}`);

/** Seconds the whole lane waits when it is throttled without a usable Retry-After. */
const unsaidWait = 30;
