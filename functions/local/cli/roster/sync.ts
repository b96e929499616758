/** `langkah roster sync` and `langkah roster unmatched`. */
import { slackClient } from '../../../../bot/slack/client.ts';
import { slackApiUrl } from '../../../../bot/slack/limits.ts';
import { slackDirectory } from '../../../../bot/slack/workspace/directory.ts';
import { ConfigError } from '../../../../core/errors.ts';
import type { UnmatchedReason } from '../../../../core/people/member.ts';
import type { Directory, Platform } from '../../../../core/ports.ts';
import type { Database } from '../../../../core/store/database.ts';
import { listReadings, type Reading } from '../../../../core/store/people/directory.ts';
import { listUnmatched, type Unmatched } from '../../../../core/store/people/unmatched.ts';
import { systemClock } from '../../../app/clock.ts';
import { type DirectoryReader, readDirectory } from '../../../jobs/directory.ts';
import { csvRecord } from '../../delivery/csv.ts';
import { slackToken } from '../reach.ts';
import type { Shell } from '../shell.ts';
import { withStore } from '../store.ts';

type Options = { readonly database?: string };

/** Waits in a row without a page after which a directory is given up for now. */
const mostWaits = 5;

/** Reads every directory to its end, waiting where the chat asks for it; what an interrupted run read stays read. */
export const syncRoster = async (shell: Shell, options: Options): Promise<void> => {
  await withStore(shell.env, options.database, async (db) => {
    const readings = await listReadings(db, [...directories.keys()]);
    if (readings.length === 0)
      throw new ConfigError('roster sync: there is no lane of a chat whose directory can be read');
    const failed: string[] = [];
    for (const reading of readings)
      if (!(await syncLane(shell, db, reading)))
        failed.push(`${reading.platform} ${reading.workspaceId}`);
    const left = (await listUnmatched(db)).length;
    const hint = left > 0 ? '; langkah roster unmatched tells why' : '';
    shell.print(`people whom no chat reaches: ${left}${hint}`);
    if (failed.length > 0)
      throw new ConfigError(`roster sync: not read to the end: ${failed.join(', ')}`);
  });
};

/** Reads one directory; false when it could not be read to its end. */
const syncLane = async (shell: Shell, db: Database, from: Reading): Promise<boolean> => {
  const { platform, workspaceId } = from;
  const directory = directories.get(platform)?.(shell.env, workspaceId) ?? 'no directory';
  if (typeof directory === 'string') {
    shell.print(`${platform} ${workspaceId}: ${directory}`);
    return false;
  }
  const chats = new Map([[platform, { platform, directory }]]);
  const reader = { db, clock: systemClock(shell.now), log: silent, chats };
  const reading = await readToEnd(reader, from);
  for (const line of summary(reading)) shell.print(line);
  return isThrough(from, reading);
};

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** How each chat's directory is reached from here, or what is missing in words. */
const directories: ReadonlyMap<
  Platform,
  (env: Shell['env'], workspaceId: string) => Directory | string
> = new Map([
  [
    'slack',
    (env: Shell['env'], workspaceId: string) => {
      const token = slackToken(env, workspaceId);
      if (!token.ok) return token.missing;
      const apiUrl = env['SLACK_API_URL'] ?? slackApiUrl;
      return slackDirectory(slackClient({ token: async () => token.value, fetch, apiUrl }));
    },
  ],
]);

const readToEnd = async (reader: DirectoryReader, from: Reading): Promise<Reading> => {
  let reading = from;
  for (let waits = 0; waits < mostWaits; ) {
    const before = reading;
    reading = await readDirectory(reader, reading, noLimit);
    if (isThrough(from, reading) || reading.refused !== null) return reading;
    waits = reading.members === before.members ? waits + 1 : 0;
    await reader.clock.sleep(Math.max(0, reading.nextAt.getTime() - reader.clock.now().getTime()));
  }
  return reading;
};

const noLimit = { until: new Date(8.64e15), pages: Number.POSITIVE_INFINITY };

/** Whether a reading has come to an end since it stood at `from`. */
const isThrough = (from: Reading, { endedAt }: Reading): boolean =>
  endedAt !== null && endedAt.getTime() !== from.endedAt?.getTime();

const summary = (reading: Reading): readonly string[] => {
  const { platform, workspaceId, members, matched, guests, gone, emails, refused } = reading;
  const name = `${platform} ${workspaceId}`;
  if (refused !== null) return [`${name}: the directory is refused (${refused})`];
  return [
    `${name}: ${members} members, ${matched} newly matched, ${guests} guests, ${gone} closed`,
    ...(emails
      ? []
      : [
          '  no e-mail addresses are shown: only ids of the roster file match; grant users:read.email',
        ]),
  ];
};

/** What an operator can do about each reason. */
const remedies: Readonly<Record<UnmatchedReason, string>> = {
  'no-email': 'add the e-mail address, or slack_workspace and slack_user, to the roster file',
  'email-twice': 'two people share this address: correct one, or add slack_user to the roster file',
  'not-found': 'no account has this address: invite the person, or add slack_user',
  'not-looked': 'no directory with addresses was read yet: run langkah roster sync',
  unreachable: 'the chat turns messages away: look at the account, then run langkah roster sync',
};

/** Names printed of each reason. */
const most = 20;

/** Prints who is reached nowhere, by reason, each with what to do; `csv` prints everybody. */
export const tellUnmatched = async (
  shell: Shell,
  options: Options & { readonly csv: boolean },
): Promise<void> => {
  const people = await withStore(shell.env, options.database, listUnmatched);
  if (options.csv) {
    const table = [
      ['name', 'unit', 'email', 'why', 'chat', 'reason', 'what_to_do'],
      ...people.map((one) => [
        one.name,
        one.unit,
        one.email,
        one.why,
        one.platform,
        one.reason,
        remedies[one.why],
      ]),
    ];
    for (const cells of table) shell.print(csvRecord(cells).trimEnd());
    return;
  }
  if (people.length === 0) return shell.print('every active person is reached in a chat');
  for (const [why, remedy] of Object.entries(remedies)) {
    const these = people.filter((one) => one.why === why);
    if (these.length === 0) continue;
    shell.print(`${why}: ${these.length}; ${remedy}`);
    for (const one of these.slice(0, most)) shell.print(`  ${nameOf(one)}`);
    if (these.length > most)
      shell.print(`  … and ${these.length - most} more; --csv lists them all`);
  }
};

const nameOf = ({ name, unit, email, platform, reason }: Unmatched): string =>
  [name, unit, email, platform === null ? null : `${platform}: ${reason}`]
    .filter((piece) => piece !== null)
    .join(', ');
