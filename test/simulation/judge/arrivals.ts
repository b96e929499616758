/** Messages as they arrive: no second copy, nothing outside a window, no more of a kind a day than its budget. */
import { localDate } from '../../../core/calendar/work-time.ts';
import { isRecall } from '../../../core/delivery/amendment.ts';
import { isStream, streams } from '../../../core/delivery/streams.ts';
import { type Moment, whyShut } from '../agency/people.ts';
import type { Accepted } from '../network/platform.ts';
import type { Row } from '../store/mirror.ts';

/** A nudge whose message arrived, with what is known of it. */
type Arrival = {
  readonly name: string;
  readonly row: Row | undefined;
  readonly message: Accepted;
  /** What was known when its intent was committed, and what is known now. */
  readonly atIntent: Moment;
  readonly now: Moment;
  /** Whether nobody on our side could know what became of an earlier try. */
  readonly doubted: boolean;
};

type Verdict = readonly (readonly ['duplicate' | 'outside-window' | 'over-budget', string])[];

export type Arrivals = {
  readonly copies: ReadonlyMap<string, readonly Accepted[]>;
  /** Second copies of streams that are sent again rather than missed. */
  readonly repeated: () => number;
  readonly judge: (arrival: Arrival) => Verdict;
};

/** `mayRepeat`: streams of which a second copy may stand once the first was in doubt. */
export const openArrivals = (mayRepeat: readonly string[]): Arrivals => {
  const copies = new Map<string, Accepted[]>();
  const days = new Map<string, string>();
  let repeated = 0;
  const again = (arrival: Arrival, known: number): Verdict => {
    const [, stream = ''] = arrival.name.split('/');
    if (!(mayRepeat.includes(stream) && arrival.doubted))
      return [['duplicate', `${arrival.name} for the ${known + 1}. time`]];
    repeated += 1;
    return [];
  };
  const budget = (arrival: Arrival): Verdict => {
    const day = budgetOf(arrival);
    const other = day === null ? undefined : days.get(day);
    if (day !== null) days.set(day, arrival.name);
    return other === undefined ? [] : [['over-budget', `${arrival.name} after ${other}`]];
  };
  return {
    copies,
    repeated: () => repeated,
    judge: (arrival) => {
      const known = copies.get(arrival.name) ?? [];
      copies.set(arrival.name, [...known, arrival.message]);
      const shut = whyOutside(arrival);
      return [
        ...(known.length > 0 ? again(arrival, known.length) : budget(arrival)),
        ...(shut === null ? [] : [['outside-window', `${arrival.name} left ${shut}`] as const]),
      ];
    },
  };
};

/** One message of a class, a person and a local day. */
const budgetOf = ({ name, message, now }: Arrival): string | null => {
  const [person = '', stream = ''] = name.split('/');
  const zone = now.people.get(Number(person))?.zone;
  if (zone === undefined || !isStream(stream)) return null;
  return `${person} ${streams[stream].class} ${localDate(zone, new Date(message.left))}`;
};

/** Milliseconds by which a clock set by the store's may be off: half of a question's way there and back. */
const agreed = 50;

/** Shut when it left us, by what was known at its intent and by what is known now: its way takes its own time. */
const whyOutside = ({ name, row, message, atIntent, now }: Arrival): string | null => {
  const [person = '', stream = ''] = name.split('/');
  if (isRecall(stream)) return null;
  const left = message.left - agreed;
  const at = new Date(message.left).toISOString();
  if (stream !== 'pulse-reminder' && row !== undefined && left >= row.expires.getTime())
    return `${at}: after its end`;
  const reasons = [atIntent, now].flatMap((moment) =>
    [left, message.left, message.left + agreed].map((instant) =>
      whyShut(moment, Number(person), instant),
    ),
  );
  return reasons.some((reason) => reason === null) ? null : `${at}: ${reasons.at(-1)}`;
};
