/** Who may speak to the Slack door: a signature over the raw bytes, checked without an SDK. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { ConfigError } from '../../core/errors.ts';

export type SlackVerdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly status: 401; readonly reason: string };

/** How far, in seconds and in either direction, a request's time may be from ours (docs.slack.dev/authentication/verifying-requests-from-slack). */
const windowSeconds = 300;

/**
 * Checks `v0=HMAC-SHA256(secret, "v0:time:body")`; several secrets are several organisations or a rotation under way.
 * Throws ConfigError when there is no secret or an empty one, which anybody could sign with.
 */
export const verifySlack = (request: {
  readonly headers: Pick<Headers, 'get'>;
  readonly body: Uint8Array;
  readonly secrets: readonly string[];
  readonly now: Date;
}): SlackVerdict => {
  requireSecrets(request.secrets);
  const time = request.headers.get('x-slack-request-timestamp') ?? '';
  if (!/^\d{1,12}$/.test(time)) return refused('time');
  if (Math.abs(request.now.getTime() / 1000 - Number(time)) > windowSeconds)
    return refused('window');
  const given = Buffer.from(request.headers.get('x-slack-signature') ?? '');
  // Every secret is tried: how long it takes does not tell which one fitted.
  const fits = request.secrets
    .map((secret) => Buffer.from(slackSignature({ secret, time, body: request.body })))
    .map((expected) => given.length === expected.length && timingSafeEqual(given, expected));
  return fits.includes(true) ? { ok: true } : refused('signature');
};

/** The signature header's value for a request; `time` in whole seconds since 1970. */
export const slackSignature = (request: {
  readonly secret: string;
  readonly time: string;
  readonly body: Uint8Array;
}): string => {
  const signed = createHmac('sha256', request.secret)
    .update(`v0:${request.time}:`)
    .update(request.body);
  return `v0=${signed.digest('hex')}`;
};

/** Throws ConfigError unless every signing secret can protect something; called once more where a door is made. */
export const requireSecrets = (secrets: readonly string[]): void => {
  if (secrets.length === 0) throw new ConfigError('there is no Slack signing secret');
  if (secrets.some((secret) => secret.trim() === ''))
    throw new ConfigError('a Slack signing secret is empty');
};

const refused = (reason: string): SlackVerdict => ({ ok: false, status: 401, reason });
