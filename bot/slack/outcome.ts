/** What Slack's answers mean for the outbox; only what surely had no effect is retried. */
import { networkFailure, retryAfter } from '../../core/network.ts';
import type { Failure, Outcome } from '../../core/ports.ts';

/** Everything ambiguous. */
export const unknown = (reason: string): Failure => ({ state: 'unknown', reason });

/** Codes that concern this person or this message alone (docs.slack.dev/reference/methods/chat.postMessage and chat.update). */
const personal = [
  'cannot_dm_bot',
  'cannot_reply_to_message',
  'cant_delete_message',
  'cant_update_message',
  'channel_not_found',
  'edit_window_closed',
  'is_archived',
  'is_bot',
  'is_inactive',
  'message_not_found',
  'not_in_channel',
  'posting_to_channel_denied',
  'restricted_action',
  'restricted_action_non_threadable_channel',
  'restricted_action_read_only_channel',
  'restricted_action_thread_locked',
  'restricted_action_thread_only_channel',
  'user_disabled',
  'user_not_found',
  'user_not_visible',
];

/** Codes that concern the whole workspace: token, scopes, app settings, policy, migration. */
const workspaceWide = [
  'access_denied',
  'accesslimited',
  'account_inactive',
  'app_access_restricted',
  'deprecated_endpoint',
  'ekm_access_denied',
  'enterprise_is_restricted',
  'invalid_auth',
  'messages_tab_disabled',
  'method_deprecated',
  'missing_scope',
  'no_permission',
  'not_allowed_token_type',
  'not_authed',
  'org_login_required',
  'team_access_not_granted',
  'team_added_to_org',
  'team_not_found',
  'token_expired',
  'token_revoked',
  'two_factor_setup_required',
  'unknown_method',
];

/** Codes with which a token is refused, whatever it may do. */
const tokenRefused = [
  'account_inactive',
  'http-401',
  'invalid_auth',
  'not_authed',
  'token_expired',
  'token_revoked',
];

/** Whether the call was turned away for the token it carried. */
export const isTokenRefused = ({ state, reason }: Failure): boolean =>
  state === 'lane-paused' && tokenRefused.includes(reason);

/** Codes of a passing state in which the call was turned away before it did anything. */
const passing = ['message_limit_exceeded', 'request_timeout', 'service_unavailable'];

/** Codes that ask the whole workspace to wait. */
const limited = ['rate_limited', 'ratelimited'];

/** Codes that name a fault in our own message: sending the same bytes again cannot help. */
const refusedMessage =
  /^(invalid_(?!auth)\w+|no_text|msg_\w*too_long|metadata_\w+|markdown_text_conflict|too_many_\w+|block_mismatch|as_user_not_supported|missing_post_type|attachment_payload_limit_exceeded)$/;

/** The outcome of `ok: false` with a code; `fatal_error` ("some aspect may have succeeded") and unlisted codes are unknown. */
export const byCode = (code: string, header: string | null): Failure => {
  if (limited.includes(code)) return throttled(code, header);
  if (passing.includes(code))
    return { state: 'retry', reason: code, afterSeconds: retryAfter(header) };
  if (workspaceWide.includes(code)) return { state: 'lane-paused', reason: code };
  if (personal.includes(code)) return { state: 'unreachable', reason: code };
  if (refusedMessage.test(code)) return { state: 'unreachable', reason: `refused:${code}` };
  // What is no code may be a page of some proxy: its text belongs nowhere.
  return unknown(/^[a-z_]{1,60}$/.test(code) ? code : 'unreadable-answer');
};

/** Whether the call was turned away for an argument that the method does not take. */
export const isArgumentRefused = (outcome: Outcome): boolean =>
  outcome.state === 'unreachable' && /^refused:invalid_(arg|client_msg)/.test(outcome.reason);

/** Whether the call was turned away for a block that the workspace does not take. */
export const areBlocksRefused = (outcome: Outcome): boolean =>
  outcome.state === 'unreachable' && outcome.reason.startsWith('refused:invalid_blocks');

/** The outcome of an HTTP status other than 200. */
export const byStatus = (status: number, header: string | null): Failure => {
  if (status === 429) return throttled('ratelimited', header);
  if (status === 401) return { state: 'lane-paused', reason: 'http-401' };
  const definite = status >= 400 && status < 500 && status !== 408;
  return definite
    ? { state: 'retry', reason: `http-${status}`, afterSeconds: null }
    : unknown(`http-${status}`);
};

/** The outcome of a request without an answer. */
export const fromNetwork = (error: unknown): Failure => {
  const { sent, reason } = networkFailure(error);
  return sent ? unknown(reason) : { state: 'retry', reason, afterSeconds: null };
};

/** Seconds the whole lane waits when it is throttled without a usable Retry-After: going on risks the app. */
const unsaidWait = 30;

const throttled = (reason: string, header: string | null): Failure => ({
  state: 'retry',
  reason,
  afterSeconds: retryAfter(header) ?? unsaidWait,
});
