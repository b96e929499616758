/** What the product says of a case held against the written rules: outside, lost, doubled, or otherwise not as written. */
import { nextWindow, sendTime } from '../../../../core/calendar/work-time.ts';
import type { LocalDate } from '../../../../core/clock.ts';
import { planTimes } from '../../../../core/delivery/planner.ts';
import { instantOf, shift, type Worker, wallOf, writtenRules } from '../written-rules.ts';
import { type Case, type Dice, randomCase, type Setting } from './work-cases.ts';

type Rules = ReturnType<typeof writtenRules>;

/** Counts of one run; `told` holds the first few faults in words. */
export type Report = {
  readonly cases: number;
  readonly sent: number;
  readonly outside: number;
  readonly lost: number;
  readonly doubled: number;
  readonly other: number;
  readonly told: readonly string[];
};

type Kind = 'outside' | 'lost' | 'doubled' | 'other';

/** Draws and judges `cases` cases over each setting in turn, `perSetting` of each. */
export const judgeCases = (dice: Dice, settings: Iterable<Setting>, perSetting: number): Report => {
  const found: { kind: Kind; told: string }[] = [];
  let [cases, sent] = [0, 0];
  for (const setting of settings) {
    const rules = writtenRules(setting.decrees);
    for (let left = perSetting; left > 0; left -= 1) {
      const one = randomCase(dice, setting);
      cases += 1;
      if (expectedDue(rules, one) !== null) sent += 1;
      const kind =
        judgeSlot(rules, setting, one) ??
        judgeLate(rules, setting, one) ??
        judgeWindow(rules, setting, one);
      if (kind !== null) found.push({ kind, told: `${kind}: ${JSON.stringify(one)}` });
    }
  }
  const count = (kind: Kind): number => found.filter((fault) => fault.kind === kind).length;
  return {
    cases,
    sent,
    outside: count('outside'),
    lost: count('lost'),
    doubled: count('doubled'),
    other: count('other'),
    told: found.slice(0, 10).map(({ told }) => told),
  };
};

/** The instant a slot is due by the rules, or null. */
const expectedDue = (rules: Rules, { worker, date, ...slot }: Case): number | null => {
  const first = rules.firstMinute(worker, date, rules.wish(worker.pattern, date, slot));
  const minute = first ?? rules.lastQuarter(worker, date);
  return minute === null ? null : instantOf(worker.zone, date, minute);
};

/** The same for a plan made at `now`: what is left of the date still serves. */
const expectedLate = (rules: Rules, one: Case): number | null => {
  const due = expectedDue(rules, one);
  if (due === null || due >= one.now) return due;
  const wall = wallOf(one.worker.zone, one.now);
  return wall.date === one.date ? firstFrom(rules, one.worker, one.date, one.now) : null;
};

/** The first allowed instant of a date at or after `now`, which lies on that date. */
const firstFrom = (
  rules: Rules,
  worker: Worker,
  ...[date, now]: [date: LocalDate, now: number]
): number | null => {
  const { minute } = wallOf(worker.zone, now);
  const first = rules.firstMinute(worker, date, minute);
  if (first === null) return null;
  return first === minute ? now : instantOf(worker.zone, date, first);
};

const judgeDue = (
  rules: Rules,
  { worker, date }: Case,
  due: { readonly found: Date | null; readonly expected: number | null },
): Kind | null => {
  if (due.found === null) return due.expected === null ? null : 'lost';
  const wall = wallOf(worker.zone, due.found.getTime());
  if (rules.firstMinute(worker, wall.date, wall.minute) !== wall.minute) return 'outside';
  // Every date sends on itself: with one instant each, no date has two and none takes another's.
  if (wall.date !== date) return 'doubled';
  return due.found.getTime() === due.expected ? null : 'other';
};

const judgeSlot = (rules: Rules, { calendar }: Setting, one: Case): Kind | null => {
  const { worker, date, minute, chosen } = one;
  const found = sendTime(calendar, worker, { date, minute, chosen });
  const kind = judgeDue(rules, one, {
    found: found?.due ?? null,
    expected: expectedDue(rules, one),
  });
  if (kind !== null || found === null) return kind;
  const closes = instantOf(worker.zone, date, rules.closing(worker, date));
  const moved = found.due.getTime() !== instantOf(worker.zone, date, minute);
  return found.expires.getTime() === closes && (found.moved !== null) === moved ? null : 'other';
};

/** Planned at `now`, which may be long after the slot's time. */
const judgeLate = (rules: Rules, { calendar }: Setting, one: Case): Kind | null => {
  const { worker, date, minute, chosen, now } = one;
  const rhythm = { ...worker, minute: chosen ? minute : null, perWeek: null };
  const planned = planTimes(calendar, [rhythm], { date, minute, now: new Date(now) });
  if (planned.length > 1) return 'doubled';
  return judgeDue(rules, one, {
    found: planned[0]?.due ?? null,
    expected: expectedLate(rules, one),
  });
};

const judgeWindow = (rules: Rules, { calendar }: Setting, { worker, now }: Case): Kind | null => {
  const { at, moved } = nextWindow(calendar, worker, new Date(now));
  const wall = wallOf(worker.zone, at.getTime());
  if (rules.firstMinute(worker, wall.date, wall.minute) !== wall.minute) return 'outside';
  const today = wallOf(worker.zone, now).date;
  let expected = firstFrom(rules, worker, today, now);
  for (let date = shift(today, 1); expected === null && date <= wall.date; date = shift(date, 1)) {
    const minute = rules.firstMinute(worker, date, 0);
    expected = minute === null ? null : instantOf(worker.zone, date, minute);
  }
  if (expected === null || expected < at.getTime()) return 'lost';
  return expected === at.getTime() && (moved === null) === (at.getTime() === now) ? null : 'other';
};

/** The weeks, of so many drawn, that bring another number of messages than the person asked for, as far as there are working days. */
export const unkeptWeeks = (dice: Dice, setting: Setting, weeks: number): readonly string[] => {
  const rules = writtenRules(setting.decrees);
  return Array.from({ length: weeks }).flatMap(() => {
    const { worker: drawn, date: any } = randomCase(dice, setting);
    const worker = { ...drawn, quietFrom: null, quietTo: null };
    const monday = shift(any, -((new Date(any).getUTCDay() + 6) % 7));
    const dates = Array.from({ length: 7 }, (_, index) => shift(monday, index));
    const perWeek = 1 + dice(5);
    const rhythm = { ...worker, minute: null, perWeek };
    const now = new Date(instantOf(worker.zone, monday, 0));
    const planned = dates.flatMap((date) =>
      planTimes(setting.calendar, [rhythm], { date, minute: 510, now }),
    );
    const working = dates.filter((date) => rules.firstMinute(worker, date, 0) !== null);
    return planned.length === Math.min(perWeek, working.length)
      ? []
      : [`${monday} ${perWeek} a week, ${worker.pattern}: ${planned.length}`];
  });
};
