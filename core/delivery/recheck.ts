/** The last look before a message leaves: everything that may have changed since it was planned. */
import { localDate, nextWindow, type WorkCalendar } from '../calendar/work-time.ts';
import type { LocalDate } from '../clock.ts';

/** What the claim reads beside the row. */
export type ClaimedPerson = {
  readonly status: 'active' | 'left';
  readonly zone: string;
  readonly pattern: string;
  readonly quietFrom: number | null;
  readonly quietTo: number | null;
  readonly leaveFrom: LocalDate | null;
  readonly leaveTo: LocalDate | null;
  readonly pausedUntil: LocalDate | null;
  readonly stopped: boolean;
  readonly unreachableReason: string | null;
  /** As many tips as they ask for have gone this week, or may have. */
  readonly weekIsFull: boolean;
};

export type Verdict =
  | { readonly act: 'send' }
  | { readonly act: 'skip'; readonly reason: string }
  | { readonly act: 'unreachable'; readonly reason: string }
  | { readonly act: 'expire'; readonly reason: string }
  | { readonly act: 'move'; readonly at: Date; readonly day: LocalDate; readonly reason: string };

/** Whether a claimed nudge may go at `now`, and else what becomes of it, always with a reason. */
export const recheck = (
  calendar: WorkCalendar,
  person: ClaimedPerson,
  nudge: { readonly expires: Date; readonly now: Date },
): Verdict => {
  const skip = whySkipped(person, nudge.now);
  if (skip !== null) return { act: 'skip', reason: skip };
  if (person.unreachableReason !== null)
    return { act: 'unreachable', reason: person.unreachableReason };
  if (nudge.now >= nudge.expires) return { act: 'expire', reason: 'window-over' };
  if (person.weekIsFull) return { act: 'expire', reason: 'attention-budget' };
  const window = nextWindow(calendar, person, nudge.now);
  if (window.moved === null) return { act: 'send' };
  if (window.at >= nudge.expires) return { act: 'expire', reason: 'window-over' };
  return {
    act: 'move',
    at: window.at,
    day: localDate(person.zone, window.at),
    reason: window.moved,
  };
};

/** Why a person gets nothing on the local day of `now`, or null. */
const whySkipped = (person: ClaimedPerson, now: Date): string | null => {
  const { leaveFrom, leaveTo, pausedUntil } = person;
  if (person.status === 'left') return 'left';
  if (person.stopped) return 'stopped';
  if (leaveFrom === null && pausedUntil === null) return null;
  const today = localDate(person.zone, now);
  const onLeave = leaveFrom !== null && leaveTo !== null && leaveFrom <= today && today <= leaveTo;
  if (onLeave) return 'leave';
  return pausedUntil !== null && today <= pausedUntil ? 'paused' : null;
};
