/** What HR should know of a schedule that is allowed, yet not as the method wishes. */
import { addDays } from '../../calendar/zone.ts';
import type { Remark, Schedule, ScheduledWave } from './schedule.ts';

/** Every remark; the pages say each in both languages. */
type NoteKind =
  | 'no-wave'
  | 'baseline-late'
  | 'end-early'
  | 'too-soon'
  | 'unasked'
  | 'keys-gone'
  | 'at-risk'
  | 'calendar';

/** A remark with what it is about. */
export type WaveNote = Remark<NoteKind>;

/** Fewest days from one opening to the next: people are asked every four weeks. */
const rhythmDays = 28;

/** Remarks on the whole programme; `atRisk` are items left out of every form until they are approved again. */
export const scheduleNotes = (
  schedule: Schedule,
  atRisk: ReadonlySet<string>,
): readonly WaveNote[] => {
  const real = schedule.waves.filter(({ place }) => place !== null);
  const ahead = real.filter(({ state }) => state === 'planned');
  return [
    ...keyless(schedule),
    ...edges(schedule, real),
    ...rhythm(real),
    ...unasked(schedule, real),
    ...leftOut(ahead, atRisk),
    ...undecreed(schedule, ahead),
  ];
};

/** Waves that cannot be counted, until their keys are back or they are given up. */
const keyless = ({ waves }: Schedule): readonly WaveNote[] =>
  waves
    .filter(({ keys }) => keys === 'gone')
    .map(({ id }) => ({ kind: 'keys-gone', words: { wave: id } }));

/** The first wave closes before the first tip, the last one opens after the last tip. */
const edges = ({ tips }: Schedule, real: readonly ScheduledWave[]): readonly WaveNote[] => {
  const first = real[0];
  const last = real.at(-1);
  if (first === undefined || last === undefined) return [{ kind: 'no-wave' }];
  const late = first.state === 'planned' && first.closes >= tips.first;
  const early = last.opens <= tips.last;
  return [
    ...(late
      ? [
          {
            kind: 'baseline-late' as const,
            dates: { closes: first.closes, tip: tips.first },
            words: { wave: first.id },
          },
        ]
      : []),
    ...(early
      ? [
          {
            kind: 'end-early' as const,
            dates: { opens: last.opens, tip: tips.last },
            words: { wave: last.id },
          },
        ]
      : []),
  ];
};

const rhythm = (real: readonly ScheduledWave[]): readonly WaveNote[] =>
  real.flatMap((wave, index) => {
    const before = real[index - 1];
    if (before === undefined || wave.state !== 'planned') return [];
    if (wave.opens >= addDays(before.opens, rhythmDays)) return [];
    return [
      {
        kind: 'too-soon' as const,
        dates: { opens: wave.opens, before: before.opens },
        words: { wave: wave.id },
      },
    ];
  });

/** Rotating items that no wave asks. */
const unasked = ({ items }: Schedule, real: readonly ScheduledWave[]): readonly WaveNote[] => {
  const asked = new Set(real.flatMap(({ rotating }) => rotating));
  const left = items.filter(({ id, role }) => role === 'condition' && !asked.has(id));
  if (left.length === 0) return [];
  return [{ kind: 'unasked', words: { items: left.map(({ id }) => id).join(', ') } }];
};

const leftOut = (
  ahead: readonly ScheduledWave[],
  atRisk: ReadonlySet<string>,
): readonly WaveNote[] => {
  const risky = [...new Set(ahead.flatMap(({ rotating }) => rotating))].filter((id) =>
    atRisk.has(id),
  );
  return risky.length === 0 ? [] : [{ kind: 'at-risk', words: { items: risky.join(', ') } }];
};

/** Years of planned waves of which no decree has fixed the days off: their dates may still move. */
const undecreed = ({ days }: Schedule, ahead: readonly ScheduledWave[]): readonly WaveNote[] => {
  const years = new Set(
    ahead.flatMap(({ opens, closes }) => [opens.slice(0, 4), closes.slice(0, 4)]),
  );
  return [...years]
    .filter((year) => days.calendar.years.get(Number(year))?.decreed !== true)
    .map((year) => ({ kind: 'calendar', words: { year } }));
};
