/** `langkah delivery cancel` and `uncancel`: nothing more goes out, told once nothing is in flight; and back again. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Campaign } from '../../../core/delivery/cancellation.ts';
import { toldByPerson } from '../../../core/delivery/manifest.ts';
import { isStream, type Stream } from '../../../core/delivery/streams.ts';
import { ConfigError, ConflictError } from '../../../core/errors.ts';
import { pseudonym } from '../../../core/people/person.ts';
import { recordAudit } from '../../../core/store/audit.ts';
import type { Database } from '../../../core/store/database.ts';
import { findPersonId } from '../../../core/store/people/people.ts';
import {
  cancelCampaign,
  listCancellations,
  listItems,
  readStanding,
  type Standing,
  stopWaiting,
  uncancelCampaign,
} from '../../../core/store/runs/campaign.ts';
import type { Shell } from '../cli/shell.ts';
import { rosterKey, timeOf, withStore } from '../cli/store.ts';
import { agencyDate, campaignName, readDate, readStream } from './runs.ts';

/** What to stop, as told on the command line. */
export type UncancelOptions = {
  readonly stream: string;
  readonly slot: string;
  readonly item?: string;
  /** An employee key of the roster. */
  readonly person?: string;
  readonly reason: string;
  readonly database?: string;
};

export type CancelOptions = UncancelOptions & {
  /** Seconds to wait for what is in flight; false = not at all. */
  readonly wait: string | false;
};

/** Stops a run and confirms when nothing of it is in flight any more. */
export const cancelRun = async (shell: Shell, options: CancelOptions): Promise<void> => {
  const seconds = readWait(options.wait);
  const reason = readReason(options);
  await withStore(shell.env, options.database, async (db) => {
    const now = await timeOf(db, shell);
    const campaign = await readCampaign(shell, db, options);
    await checkRun(db, campaign, agencyDate(now));
    const { first } = await cancelCampaign(db, { campaign, reason, now });
    if (!first) shell.print(`${campaignName(campaign)} was cancelled before`);
    const standing = await untilQuiet(shell, db, { campaign, now, seconds });
    await noteStanding(db, { campaign, standing, now });
    shell.print(`${campaignName(campaign)}: ${summary(standing)}`);
    if (standing.rows === 0)
      shell.print('nothing is planned yet; what will be planned for it is skipped');
    if (seconds !== null && standing.inFlight > 0)
      throw new ConflictError(
        `${standing.inFlight} still in flight after ${seconds} s: is a sender running? Cancelling again only waits on`,
      );
  });
};

/** Takes a cancellation back. */
export const uncancelRun = async (shell: Shell, options: UncancelOptions): Promise<void> => {
  const reason = readReason(options);
  await withStore(shell.env, options.database, async (db) => {
    const now = await timeOf(db, shell);
    const campaign = await readCampaign(shell, db, options);
    const done = await uncancelCampaign(db, { campaign, reason, now });
    if (done === null) {
      const standing = (await listCancellations(db)).map(campaignName);
      const allowed = standing.length === 0 ? 'none stands' : standing.join('; ');
      throw new ConflictError(`no cancellation of ${campaignName(campaign)}, allowed: ${allowed}`);
    }
    shell.print(`${campaignName(campaign)}: ${done.again} go again`);
    if (done.over > 0)
      shell.print(
        `${done.over} stay cancelled: their day is over, or the message comes on another; see langkah delivery resend`,
      );
  });
};

const readWait = (wait: string | false): number | null => {
  if (wait === false) return null;
  if (/^\d{1,5}$/.test(wait)) return Number(wait);
  throw new ConfigError(`--wait: found "${wait}", allowed a whole number of seconds`);
};

const readReason = ({ reason }: UncancelOptions): string => {
  if (reason.trim() === '') throw new ConfigError('--reason: found "", allowed why in a few words');
  return reason.trim();
};

const readCampaign = async (
  shell: Shell,
  db: Database,
  { stream: text, slot, item, person, database }: UncancelOptions,
): Promise<Campaign> => {
  const stream = readStream(text, (name): name is Stream => isStream(name));
  const named = { stream, slot: readDate('--slot', slot), item: item ?? null };
  if (person === undefined) return { ...named, personId: null };
  if (!toldByPerson(stream))
    throw new ConfigError(
      `--person: refused for ${stream}: what it finds could tell whether the person answered`,
    );
  const personId = await findPersonId(db, pseudonym(person, await rosterKey(shell.env, database)));
  if (personId === null)
    throw new ConfigError(`--person: found "${person}", allowed an employee key of the roster`);
  return { ...named, personId };
};

/** A run that is over and never was, or an item nobody planned, is a slip of the pen. */
const checkRun = async (db: Database, campaign: Campaign, today: string): Promise<void> => {
  const { stream, slot, item } = campaign;
  const items = await listItems(db, campaign);
  if (items.length === 0 && slot < today)
    throw new ConfigError(`--slot: found "${slot}", and nothing of ${stream} was planned then`);
  const known = new Set(items.flatMap((one) => [one, one.split('@')[0] ?? one]));
  if (item === null || known.has(item)) return;
  const allowed = items.length === 0 ? 'none: nothing is planned yet' : items.join(', ');
  throw new ConfigError(`--item: found "${item}", allowed ${allowed}`);
};

/** Milliseconds between two looks at what is in flight. */
const pause = 1_000;

/** Waits until nothing is in flight and nothing waits, or until the time is up. */
const untilQuiet = async (
  shell: Shell,
  db: Database,
  wish: { readonly campaign: Campaign; readonly now: Date; readonly seconds: number | null },
): Promise<Standing> => {
  const { campaign, now, seconds } = wish;
  const until = Date.now() + (seconds ?? 0) * 1000;
  let told = -1;
  for (;;) {
    // What a sender held at the first statement, or put back since.
    const late = await stopWaiting(db, campaign, now);
    const standing = await readStanding(db, campaign);
    const quiet = late === 0 && standing.inFlight === 0 && standing.waiting === 0;
    if (quiet || Date.now() >= until) return standing;
    if (standing.inFlight !== told) shell.complain(`${standing.inFlight} in flight, waiting`);
    told = standing.inFlight;
    await sleep(pause);
  }
};

/** How it ended; that one person was meant is told by the entry before. */
const noteStanding = (
  db: Database,
  end: { readonly campaign: Campaign; readonly standing: Standing; readonly now: Date },
): Promise<void> => {
  const { stream, slot, item } = end.campaign;
  const { cancelled, gone, inDoubt, inFlight } = end.standing;
  const detail = { stream, slot, item, cancelled, gone, inDoubt, inFlight };
  return recordAudit(db, { at: end.now, actor: 'operator', act: 'delivery.cancel-told', detail });
};

const summary = ({ cancelled, gone, inDoubt, inFlight }: Standing): string =>
  [
    `cancelled ${cancelled}`,
    `${gone} had already gone`,
    ...(inDoubt === 0 ? [] : [`${inDoubt} in doubt`]),
    `${inFlight} in flight`,
  ].join(', ');
