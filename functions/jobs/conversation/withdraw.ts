/** "Hapus": a person's answers are taken back while their wave is open; later nobody can find them. */
import { type NoticeButton, noticeMessage } from '../../../core/conversation/notice.ts';
import { findMembers, takesBallots } from '../../../core/store/pulse/ballots.ts';
import { listWaves, type WaveRow } from '../../../core/store/pulse/waves.ts';
import {
  hasBallot,
  type Withdrawal,
  withdrawBallot,
} from '../../../core/store/pulse/withdrawal.ts';
import { ballotKey } from '../../../core/survey/ballot/ballot.ts';
import { closesOn } from '../../../core/survey/pulse-message.ts';
import { waveSecretName } from '../pulse/wave-secrets.ts';
import { type Handling, type Reaction, reply } from './reaction.ts';

/** Withdraws what was answered before `at`, the moment of the wish, and says truthfully what could be done. */
export const withdraw = async (handling: Handling, at: Date): Promise<Reaction> => {
  const { context, trx, person } = handling;
  const waves = await listWaves(trx);
  const wave = openAt(waves, at);
  if (wave === null) {
    const counting = waves.some(({ status }) => status !== 'erased');
    return told(handling, counting ? 'withdraw-late' : 'withdraw-gone');
  }
  const end = await takeBack(handling, wave.id, at);
  const closesAt = wave.closesAt.toISOString();
  const date = closesOn({ closesAt, language: person.language });
  context.log.info('ballot.withdrawal', { wave: wave.id });
  return told(handling, wordsFor[end], { date });
};

/** What is said of each end: keys below `answer`. */
const wordsFor = {
  taken: 'withdrawn',
  none: 'withdraw-none',
  'newer-stands': 'withdraw-newer',
  late: 'withdraw-late',
} as const satisfies Readonly<Record<Withdrawal | 'late', string>>;

/** Late is who meets a close that has begun since, or a wave whose secret is gone: nobody's ballot can be found then. */
const takeBack = async (
  { context, trx, person }: Handling,
  waveId: string,
  at: Date,
): Promise<Withdrawal | 'late'> => {
  // First, for its lock keeps the close, and with it the end of the secret, waiting.
  if (typeof (await takesBallots(trx, waveId)) === 'string') return 'late';
  if (!(await findMembers(trx, waveId, [person.id])).has(person.id)) return 'none';
  const secret = await context.secrets.get(waveSecretName(waveId, 'secret'));
  if (secret === null) return 'late';
  return withdrawBallot(trx, { waveId, ballotKey: ballotKey(secret, person.id), at });
};

/** How the person stands in the survey, for "data saya": a key below `answer.my-data`. */
export const standing = async (
  handling: Handling,
): Promise<'sealed' | 'unanswered' | 'no-survey'> => {
  const wave = openAt(await listWaves(handling.trx), handling.now);
  const key = wave === null ? null : await keyOf(handling, wave.id);
  if (wave === null || key === null) return 'no-survey';
  const sealed = await hasBallot(handling.trx, { waveId: wave.id, ballotKey: key });
  return sealed ? 'sealed' : 'unanswered';
};

/** The wave that is open at a moment, if any. */
export const openAt = (waves: readonly WaveRow[], at: Date): WaveRow | null =>
  waves.find(({ status, closesAt }) => status === 'open' && at < closesAt) ?? null;

/** The key of the person's ballot; null for somebody the wave did not invite. */
const keyOf = async (
  { context, trx, person }: Handling,
  waveId: string,
): Promise<string | null> => {
  const secret = await context.secrets.get(waveSecretName(waveId, 'secret'));
  const members = await findMembers(trx, waveId, [person.id]);
  return secret === null || !members.has(person.id) ? null : ballotKey(secret, person.id);
};

const told = (
  { context, person }: Handling,
  key: string,
  values: Readonly<Record<string, string>> = {},
): Reaction => {
  const buttons: readonly NoticeButton[] = ['myData'];
  const all = { contact: context.agency.contact, ...values };
  return reply(
    noticeMessage(context.catalogue, person.language, {
      key: `answer.${key}`,
      values: all,
      buttons,
    }),
  );
};
