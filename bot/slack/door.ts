/**
 * The Slack door: verify, do what cannot wait, put the rest on the queue, answer. No SQL, no SDK; and what only a form
 * needs is loaded with the first form, for a cold start answers all else without it.
 */
import type { Clock } from '../../core/clock.ts';
import type { Catalogue } from '../../core/content/schema.ts';
import type { Inbound, SealedBallot } from '../../core/conversation/event.ts';
import { actionIds } from '../../core/conversation/message.ts';
import type { Log, Queue } from '../../core/ports.ts';
import { withoutAnswers } from './forms/answers.ts';
import { decodeSlack, dedupeKey, parseSlack, readPress, readSubmission } from './parse.ts';
import { requireSecrets, verifySlack } from './verify.ts';

export type SlackDoorDeps = SlackAnswerDeps & {
  /** One secret an app; two of one app while it is being rotated. */
  readonly signingSecrets: readonly string[];
};

/** What answering needs once it is known that Slack has spoken. */
export type SlackAnswerDeps = {
  /** The key that signs tickets of forms. */
  readonly ticketKey: string;
  /** The current bot token of a workspace, from a cache of minutes; null when the app is not installed there. */
  readonly botToken: (workspaceId: string) => Promise<string | null>;
  readonly fetch: typeof fetch;
  readonly catalogue: Catalogue;
  readonly queue: Queue;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
};

type Payload = Readonly<Record<string, unknown>>;

/** A request as it came, and what it is answered: plain values, for the web's own classes cost a cold start dear. */
export type SlackRequest = { readonly headers: Pick<Headers, 'get'>; readonly body: Uint8Array };
export type SlackReply = { readonly status: number; readonly json: object | null };

/**
 * Answers one request of Slack within its three seconds. An empty secret or key throws ConfigError at once;
 * a request that could not be kept gets 500, so that the person sees it and Slack sends an event again.
 */
export const slackReplies = (
  deps: SlackDoorDeps,
): ((request: SlackRequest) => Promise<SlackReply>) => {
  requireSecrets(deps.signingSecrets);
  return async ({ headers, body }) => {
    const now = deps.clock.now();
    const verdict = verifySlack({ headers, body, secrets: deps.signingSecrets, now });
    if (!verdict.ok) {
      deps.log.warn('slack-refused', { reason: verdict.reason });
      return bare(verdict.status);
    }
    const payload = decodeSlack(headers.get('content-type'), body);
    return payload === null ? bare(400) : reply(deps, payload);
  };
};

/** The same for a host that speaks in the web's own requests and responses. */
export const slackDoor = (deps: SlackDoorDeps): ((request: Request) => Promise<Response>) => {
  const replies = slackReplies(deps);
  return async (request) => {
    const body = new Uint8Array(await request.arrayBuffer());
    return responseOf(await replies({ headers: request.headers, body }));
  };
};

/** Answers a payload that is surely Slack's: a signature or a socket of our own has proven it. */
export const answerSlack = async (deps: SlackAnswerDeps, payload: Payload): Promise<Response> =>
  responseOf(await reply(deps, payload));

const responseOf = ({ status, json }: SlackReply): Response =>
  json === null ? new Response(null, { status }) : Response.json(json, { status });

const reply = async (deps: SlackAnswerDeps, payload: Payload): Promise<SlackReply> => {
  try {
    return await answer(deps, payload, deps.clock.now());
  } catch (error) {
    deps.log.error('slack-door-failed', {
      error: error instanceof Error ? error.name : 'unknown',
    });
    return bare(500);
  }
};

const bare = (status: number): SlackReply => ({ status, json: null });
const done = (): SlackReply => bare(200);
const telling = (json: object): SlackReply => ({ status: 200, json });

const answer = async (deps: SlackAnswerDeps, payload: Payload, now: Date): Promise<SlackReply> => {
  if (payload['type'] === 'url_verification') {
    const { challenge } = payload;
    return typeof challenge === 'string' ? telling({ challenge }) : bare(400);
  }
  if (payload['ssl_check'] !== undefined) return done();
  if (payload['type'] === 'app_rate_limited') {
    deps.log.warn('slack-events-throttled', { workspace: String(payload['team_id'] ?? '') });
    return done();
  }
  const press = readPress(payload);
  if (press?.said.action === actionIds.openPulse) {
    const { openForm } = await import('./forms/open-form.ts');
    await openForm(deps, press, now);
    return done();
  }
  const submission = readSubmission(payload);
  if (submission !== null) {
    const { takeForm } = await import('./forms/take-form.ts');
    const { ballot, json } = await takeForm(deps, payload, { ...submission.form, now });
    if (ballot !== null) await keep(deps, { payload, now, ballot });
    return telling(json);
  }
  // What says nothing to us (edits, other people's bots) is not kept even for a moment.
  if (parseSlack(payload, now, null) !== null) await keep(deps, { payload, now, ballot: null });
  return done();
};

const keep = async (
  deps: SlackAnswerDeps,
  taken: { readonly payload: Payload; readonly now: Date; readonly ballot: SealedBallot | null },
): Promise<void> => {
  const inbound: Inbound = {
    platform: 'slack',
    key: dedupeKey(taken.payload),
    receivedAt: taken.now.toISOString(),
    body: withoutAnswers(taken.payload),
    ballot: taken.ballot,
  };
  await deps.queue.put(JSON.stringify(inbound));
};
