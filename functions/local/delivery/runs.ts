/** What the delivery commands have in common: snapshots, names of streams and dates, and how time is told. */
import { isDate, localDate, localMinute } from '../../../core/calendar/zone.ts';
import type { LocalDate } from '../../../core/clock.ts';
import type { Campaign } from '../../../core/delivery/cancellation.ts';
import { isStream, type Stream, streams } from '../../../core/delivery/streams.ts';
import { ConfigError } from '../../../core/errors.ts';
import type { Database } from '../../../core/store/database.ts';

/** The agency's zone, in which dates and times are told. */
const zone = { name: 'Asia/Jakarta', sign: 'WIB' };

/** Runs somebody asks about: the dates from `from` to `to`, of one stream or of all. */
export type Asked = {
  readonly stream: string | null;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly now: Date;
};

/** Everything `work` reads is of the same instant, and it can write nothing. */
export const inSnapshot = <T>(db: Database, work: (db: Database) => Promise<T>): Promise<T> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((trx) => work(trx));

/** The agency's date at `now`. */
export const agencyDate = (now: Date): LocalDate => localDate(zone.name, now);

/** A date told on the command line. */
export const readDate = (option: string, text: string): LocalDate => {
  if (!isDate(text)) throw new ConfigError(`${option}: found "${text}", allowed a date YYYY-MM-DD`);
  return text;
};

/** A stream told on the command line; `allowed` narrows which. */
export const readStream = <Allowed extends Stream>(
  text: string,
  allowed: (stream: Stream) => stream is Allowed,
): Allowed => {
  if (isStream(text) && allowed(text)) return text;
  const names = Object.keys(streams).filter((name) => isStream(name) && allowed(name));
  throw new ConfigError(`--stream: found "${text}", allowed ${names.join(', ')}`);
};

/** `08.52 WIB`, with its date where that is not the date of `now`. */
export const clockTime = (at: Date, now: Date): string => {
  const minutes = localMinute(zone.name, at);
  const [hour, minute] = [Math.floor(minutes / 60), minutes % 60].map((part) =>
    String(part).padStart(2, '0'),
  );
  const date = agencyDate(at) === agencyDate(now) ? '' : `${agencyDate(at)} `;
  return `${date}${hour}.${minute} ${zone.sign}`;
};

/** `1 person`, `2 people`. */
export const people = (count: number): string => (count === 1 ? '1 person' : `${count} people`);

/** What an operator stopped, in words; a person is not named. */
export const campaignName = ({ stream, slot, item, personId }: Campaign): string =>
  [stream, slot, item, personId === null ? null : 'for one person']
    .filter((part) => part !== null)
    .join(' ');
