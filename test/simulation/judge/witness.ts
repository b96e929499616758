/** The witness: sees every committed change and every accepted message, and says at each step what must not be. */
import type { Database } from '../../../core/store/database.ts';
import { type Moment, readMoment } from '../agency/people.ts';
import type { Accepted } from '../network/platform.ts';
import { type Change, type Mirror, nameOf } from '../store/mirror.ts';
import type { World } from '../world.ts';
import { openArrivals } from './arrivals.ts';
import { countsAmiss } from './counts.ts';

export type FaultKind =
  | 'answered-twice'
  | 'duplicate'
  | 'lost'
  | 'manifest'
  | 'misreported'
  | 'outside-window'
  | 'over-budget'
  | 'over-confirmed'
  | 'replanned'
  | 'revived'
  | 'unended'
  | 'unrecorded'
  | 'vanished';
export type Fault = { readonly what: FaultKind; readonly detail: string };

export type Witness = {
  readonly faults: readonly Fault[];
  readonly accuse: (what: FaultKind, detail: string) => void;
  /** Reads along after a statement that changed rows or people. */
  readonly look: (author: string, touches: { outbox: boolean; crowd: boolean }) => Promise<void>;
  readonly accepted: (message: Accepted) => void;
  /** Accepted copies of a nudge, by its name. */
  readonly copies: ReadonlyMap<string, readonly Accepted[]>;
  readonly repeated: () => number;
  /** Adds the intents that a machine holds, and commits until it wakes: nobody may ever learn what became of them. */
  readonly doubtIntentsOf: (machine: string, until?: number) => void;
  /** The answer to a request of this key told nothing. */
  readonly doubt: (key: string) => void;
  /** Nudges of which nobody on our side could know, at some time, what became of them. */
  readonly doubted: ReadonlySet<string>;
  readonly moment: () => Moment;
};

type Parts = {
  readonly world: World;
  readonly admin: Database;
  readonly mirror: Mirror;
  readonly moment: Moment;
  /** Streams of which a second copy may stand. */
  readonly mayRepeat: readonly string[];
};

export const openWitness = ({ world, admin, mirror, mayRepeat, ...begin }: Parts): Witness => {
  const faults: Fault[] = [];
  const names = new Map<string, string>();
  const atIntents = new Map<string, Moment>();
  const doubted = new Set<string>();
  const silent = new Map<string, number>();
  const arrivals = openArrivals(mayRepeat);
  let { moment } = begin;
  const accuse = (what: FaultKind, detail: string): void => {
    faults.push({ what, detail });
    world.note(`FAULT ${what}: ${detail}`);
  };
  const heed = (change: Change): void => {
    const { after } = change;
    world.note(`  ${told(change)}`);
    if (after !== null && after.key !== null) names.set(after.key, nameOf(after));
    if (after?.state === 'sending') {
      atIntents.set(nameOf(after), moment);
      if ((silent.get(after.author) ?? 0) > world.now()) doubted.add(nameOf(after));
    }
    for (const [what, detail] of wrongIn(change)) accuse(what, detail);
  };
  return {
    faults,
    accuse,
    copies: arrivals.copies,
    repeated: arrivals.repeated,
    doubted,
    moment: () => moment,
    doubt: (key) => {
      doubted.add(names.get(key) ?? key);
    },
    doubtIntentsOf: (machine, until = 0) => {
      silent.set(machine, until);
      for (const row of mirror.rows.values())
        if (row.state === 'sending' && row.author === machine) doubted.add(nameOf(row));
    },
    look: async (author, touches) => {
      if (touches.crowd) moment = await readMoment(admin);
      const changes = touches.outbox ? await mirror.read(author) : [];
      for (const change of changes) heed(change);
      if (changes.length === 0) return;
      for (const amiss of await countsAmiss(admin, mirror.rows)) accuse('manifest', amiss);
    },
    accepted: (message) => {
      if (message.key === null) return;
      const name = names.get(message.key);
      if (name === undefined) return accuse('lost', `no intent has the key ${message.key}`);
      const verdict = arrivals.judge({
        name,
        row: mirror.rows.get(name),
        message,
        atIntent: atIntents.get(name) ?? moment,
        now: moment,
        doubted: doubted.has(name),
      });
      for (const [what, detail] of verdict) accuse(what, detail);
    },
  };
};

const told = ({ before, after }: Change): string => {
  const row = after ?? before;
  const name = row === null ? '' : nameOf(row);
  const end = after === null ? 'gone' : `${after.state} ${after.reason ?? ''} ${after.attempt}`;
  return `${name} ${before?.state ?? '-'} > ${end}`;
};

/** States that no row leaves. An unconfirmed one may still be told by whoever held it and was only late. */
const final = ['sent', 'settled'];

/** The rows of a survey's reminders go at its close, however they ended; none of them may be on its way then. */
const goesAtClose = ({ stream, state }: NonNullable<Change['before']>): boolean =>
  stream === 'pulse-reminder' && state !== 'sending' && state !== 'unknown';

const wrongIn = ({ before, after }: Change): readonly (readonly [FaultKind, string])[] => {
  if (before === null) return [];
  const name = nameOf(before);
  if (after === null) return before.attempt > 0 && !goesAtClose(before) ? [['vanished', name]] : [];
  return final.includes(before.state) && before.state !== after.state
    ? [['revived', `${name} was ${before.state} and is ${after.state}`]]
    : [];
};
