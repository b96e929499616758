/** The door of the agency's own ballot page: no answer passes a chat, none is kept unsealed, and no database is in sight. */
import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import type { Clock } from '../../../core/clock.ts';
import type { Catalogue } from '../../../core/content/schema.ts';
import type { WebBallot } from '../../../core/conversation/event.ts';
import { commentId } from '../../../core/conversation/message.ts';
import type { Log, Queue } from '../../../core/ports.ts';
import { answerOf, sealBallot } from '../../../core/survey/ballot/ballot.ts';
import { type Link, readLink } from '../../../core/survey/ballot/link.ts';
import { ballotPath } from '../../../core/survey/form.ts';
import { closesOn, pulseForm } from '../../../core/survey/pulse-message.ts';
import type { BallotPort, Inputs } from '../../../web/ballot/port.ts';
import { ballotRoutes } from '../../../web/ballot/routes.tsx';
import { ballotStyle } from '../../../web/ballot/style.ts';

type Deps = {
  readonly agency: string;
  /** Signs and checks links. */
  readonly ticketKey: string;
  readonly catalogue: Catalogue;
  readonly queue: Queue;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
};

/** Everything below `/suara`. */
export const ballotDoor = (deps: Deps): Hono => {
  const app = new Hono();
  app.use(`${ballotPath}/*`, async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
  });
  app.route('/', ballotRoutes(portOf(deps), 'id'));
  return app;
};

const styleHash = createHash('sha256').update(ballotStyle).digest('base64');

/** One document that asks for nothing else, tells nobody where it was read, and is kept nowhere. */
const headers: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${styleHash}'`,
    'img-src data:',
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

const portOf = (deps: Deps): BallotPort => {
  const { agency, ticketKey, catalogue, clock, log } = deps;
  return {
    agency,
    sheet: (token, language) => {
      const read = readLink(token, ticketKey, clock.now());
      if (read.state === 'forged') return { state: 'forged' };
      const ticket = { ...read.ticket, language: language ?? read.ticket.language };
      return read.state === 'closed'
        ? { state: 'closed', language: ticket.language }
        : {
            state: 'open',
            language: ticket.language,
            form: pulseForm(catalogue, { signed: token, ticket }, 'web'),
            closesOn: closesOn(ticket),
          };
    },
    submit: async (token, inputs) => {
      const read = readLink(token, ticketKey, clock.now());
      if (read.state === 'forged') log.warn('ballot-link-forged');
      if (read.state !== 'open') return read.state;
      try {
        return await keep(deps, { ...read, token }, inputs);
      } catch (error) {
        // The name alone: a message could repeat what was being read.
        log.error('ballot-door-failed', { error: error instanceof Error ? error.name : 'other' });
        throw error;
      }
    },
  };
};

const keep = async (
  { queue, clock }: Deps,
  { ticket, voter, token }: Link & { readonly token: string },
  inputs: Inputs,
): Promise<'taken' | 'empty'> => {
  const answers = ticket.items.flatMap((item) => {
    const answer = answerOf(inputs.get(item) ?? '');
    return answer === undefined ? [] : [[item, answer] as const];
  });
  const comment = inputs.get(commentId)?.trim() ?? '';
  // A form without a single answer must not wipe out an earlier ballot.
  if (answers.length === 0 && comment === '') return 'empty';
  const { wave, items, publicKey } = ticket;
  const sealed = await sealBallot(publicKey, {
    wave,
    items,
    answers: Object.fromEntries(answers),
    comment: comment === '' ? null : comment,
  });
  const ballot: WebBallot = {
    platform: 'web',
    key: `web/${createHash('sha256').update(voter).digest('base64url')}`,
    receivedAt: clock.now().toISOString(),
    ballot: { ticket: token, sealed },
  };
  await queue.put(JSON.stringify(ballot));
  return 'taken';
};
