/** `langkah doctor`: one message to the operator on every lane, and what it showed of token, scopes and doubts. */
import type { Command } from 'commander';
import type { Clock } from '../../../core/clock.ts';
import type { ChatMessage } from '../../../core/conversation/message.ts';
import { ConfigError } from '../../../core/errors.ts';
import { pseudonym } from '../../../core/people/person.ts';
import type { Address, Examination, Findings, Outcome } from '../../../core/ports.ts';
import { recordAudit } from '../../../core/store/audit.ts';
import type { Database } from '../../../core/store/database.ts';
import {
  endSilence,
  type Lane,
  listAddresses,
  listLanes,
  resumeLane,
  saveFindings,
} from '../../../core/store/outbox/lanes.ts';
import { systemClock } from '../../app/clock.ts';
import { slackWorkspace, teamsTenant } from '../story/agency.ts';
import { examiners, strangerOn } from './reach.ts';
import type { Shell } from './shell.ts';
import { rosterKey, withStore } from './store.ts';

type DoctorOptions = {
  /** Employee keys or chat user ids of the operator. */
  readonly to: readonly string[];
  /** Lets a lane that is paused or told to wait go on, where it can send. */
  readonly resume: boolean;
  readonly database?: string;
};

/** Adds the command. */
export const addDoctor = (
  program: Command,
  shell: Shell,
  database: readonly [flags: string, description: string],
): void => {
  program
    .command('doctor')
    .description('one message to you on every lane: token, scopes, look-ups (docs/doctor.md)')
    .requiredOption('--to <who...>', 'your employee key, or your user ids in the chats')
    .option('--resume', 'let a lane that stood still and can send go on', false)
    .option(...database)
    .action((options: DoctorOptions) => examineLanes(shell, options));
};

/** The local host's own chats live inside its process, with a token made at its start. */
const local: readonly string[] = [slackWorkspace, teamsTenant];

/** Tries every lane out and stores what was found; throws ConfigError unless every lane can send. */
const examineLanes = async (shell: Shell, options: DoctorOptions): Promise<void> => {
  await withStore(shell.env, options.database, async (db) => {
    const lanes = await listLanes(db);
    if (lanes.length === 0)
      throw new ConfigError('doctor: there is no lane yet: import a roster with chat ids first');
    const operator = await operatorOn(db, shell, options);
    const failed: string[] = [];
    for (const lane of lanes) {
      const name = `${lane.platform} ${lane.workspaceId}`;
      shell.print(name);
      const sends = await examineLane(db, shell, { lane, to: operator(lane), options });
      if (!sends) failed.push(name);
    }
    if (failed.length > 0)
      throw new ConfigError(
        `doctor: ${failed.length} of ${lanes.length} lanes cannot send: ${failed.join(', ')}`,
      );
  });
};

/** Where the operator is reached on a lane; null when none of the names given is known there. */
const operatorOn = async (
  db: Database,
  { env }: Shell,
  { to: names, database }: Pick<DoctorOptions, 'to' | 'database'>,
): Promise<(lane: Lane) => Address | null> => {
  const known = await listAddresses(db, {
    userIds: names,
    // Who names chat ids only needs no roster key.
    employeeKeys: await rosterKey(env, database)
      .then((key) => names.map((name) => pseudonym(name, key)))
      .catch(() => []),
  });
  return (lane) =>
    known.find(
      ({ platform, workspaceId }) => platform === lane.platform && workspaceId === lane.workspaceId,
    ) ?? strangerOn(lane, names);
};

const examineLane = async (
  db: Database,
  shell: Shell,
  given: {
    readonly lane: Lane;
    readonly to: Address | null;
    readonly options: DoctorOptions;
  },
): Promise<boolean> => {
  const { lane, to, options } = given;
  const say = (line: string) => shell.print(`  ${line}`);
  if (local.includes(lane.workspaceId)) {
    say('a chat of the local host: it lives inside that process and needs no doctor');
    return true;
  }
  const clock = systemClock(shell.now);
  const examine = examiners(shell.env, clock)[lane.platform](lane.workspaceId);
  if (typeof examine === 'string') return refuse(say, examine);
  if (to === null)
    return refuse(say, 'nobody to write to: name an employee key or a chat user id with --to');
  const examination = await examine(to, probeMessage);
  say(inWords(examination.outcome));
  for (const note of examination.notes) say(note);
  await keep(db, { lane, examination, clock });
  for (const line of findingLines(examination.findings)) say(line);
  const sends = examination.outcome.state === 'sent';
  const why = whyStill(lane, clock.now());
  if (!sends || why === null) return sends;
  if (options.resume) {
    await resumeLane(db, lane.id);
    await endSilence(db, lane.id, clock.now());
  }
  say(
    `the lane stood still (${why}): ${options.resume ? 'it goes on now' : 'add --resume to let it go on'}`,
  );
  return sends;
};

/** Why nothing goes on a lane now, or null. */
const whyStill = ({ pausedReason, heldUntil }: Lane, now: Date): string | null => {
  if (pausedReason !== null) return pausedReason;
  return heldUntil !== null && heldUntil > now
    ? `told to wait until ${heldUntil.toISOString()}`
    : null;
};

const refuse = (say: (line: string) => void, why: string): boolean => {
  say(why);
  return false;
};

const keep = async (
  db: Database,
  found: { readonly lane: Lane; readonly examination: Examination; readonly clock: Clock },
): Promise<void> => {
  const { findings } = found.examination;
  if (findings === null) return;
  const now = found.clock.now();
  await saveFindings(db, found.lane.id, { ...findings, now });
  const detail = { lane: found.lane.id, ...findings };
  await recordAudit(db, { at: now, actor: 'operator', act: 'lane.examined', detail });
};

/** Said to the operator alone, in the language of the programme. */
const probeMessage: ChatMessage = {
  kind: 'notice',
  language: 'id',
  title: 'Pemeriksaan Langkah',
  text: 'Pemeriksaan Langkah. Sambungan ke obrolan ini sedang diperiksa.',
  parts: [
    {
      type: 'paragraph',
      text: 'Sambungan ke obrolan ini sedang diperiksa. Tidak ada yang perlu Anda lakukan.',
    },
  ],
};

const inWords = (outcome: Outcome): string => {
  switch (outcome.state) {
    case 'sent':
      return 'sends: the message arrived';
    case 'lane-paused':
      return `cannot send (${outcome.reason}): ${remedies[outcome.reason] ?? 'ask the administrators of the workspace what forbids the app'}`;
    case 'unreachable':
      return `this person cannot be reached (${outcome.reason}): name somebody else with --to`;
    case 'retry':
      return `turned away for now (${outcome.reason}): run doctor again in ${outcome.afterSeconds ?? 60} s`;
    case 'unknown':
      return `no clear answer (${outcome.reason}): the message may have arrived; run doctor again`;
  }
};

const newToken = 'the token is not valid: install the app again and store its new token';
const remedies: Readonly<Record<string, string>> = {
  'http-401': newToken,
  account_inactive: newToken,
  invalid_auth: newToken,
  not_authed: newToken,
  token_expired: newToken,
  token_revoked: newToken,
  missing_scope: 'the token lacks the scope chat:write: add it and reinstall the app',
  unauthorized: 'Teams does not accept the bot: look at its app id and registration',
  'wrong-cloud': 'the tenant lies in another of Microsoft’s clouds: set TEAMS_CLOUD',
  'token-refused': 'look at TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_TENANTS',
};

const findingLines = (findings: Findings | null): readonly string[] => {
  if (findings === null) return [];
  const history = {
    true: 'history: messages whose answer is lost are looked up',
    false:
      'history: no look-ups; a lost answer ends as unconfirmed, welcomes and corrections go again',
    null: 'history: could not be told; look-ups are tried',
  };
  const repeats = {
    deduplicates: 'client_msg_id: honoured; it is sent along from now on',
    ignored: 'client_msg_id: ignored; it is not sent',
    refused: 'client_msg_id: refused; it is not sent',
    null: 'client_msg_id: not known; it is not sent',
  };
  return [history[`${findings.history}`], repeats[`${findings.clientMsgId}`]];
};
