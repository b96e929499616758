/** A sealed ballot: stored under a key only the wave's secret can derive, one per person, the newest kept. */
import type { ChatEvent } from '../../core/conversation/event.ts';
import { castBallot, isMember } from '../../core/store/waves.ts';
import { ballotKey } from '../../core/survey/ballot.ts';
import { pulseClosed } from '../../core/survey/pulse-message.ts';
import { readTicket } from '../../core/survey/ticket.ts';
import { type Handling, type Reaction, reply, silent } from './reaction.ts';
import { waveSecretName } from './waves.ts';

/** Takes the ballot or kindly refuses it; what was answered is never seen here. */
export const takeBallot = async (
  { context, trx, person }: Handling,
  event: Extract<ChatEvent, { kind: 'ballot' }>,
): Promise<Reaction> => {
  const read = readTicket(event.ballot.ticket, context.ticketKey, event.at);
  if (read.state === 'forged') {
    context.log.warn('ballot.forged-ticket', { key: event.key });
    return silent;
  }
  const closed = reply(pulseClosed(context.catalogue, read.ticket.language));
  const { wave } = read.ticket;
  const secret = await context.secrets.get(waveSecretName(wave, 'secret'));
  if (read.state === 'closed' || secret === null) return closed;
  if (!(await isMember(trx, wave, person.id))) return closed;
  const taken = await castBallot(trx, {
    waveId: wave,
    ballotKey: ballotKey(secret, person.id),
    platformTime: event.at,
    sealed: event.ballot.sealed,
  });
  return taken ? silent : closed;
};
