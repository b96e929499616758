/** Everything that must befall our machines sooner or later, counted: over many seeds none may be missing. */

/** Where a machine is killed, or stands still, without a line of product code knowing of it. */
export const faultPoints = [
  'before-plan-commit',
  'after-plan',
  'after-lease',
  'after-intent',
  'frozen-before-bytes',
  'after-bytes',
  'after-answer',
  'after-final-commit',
] as const;
export type FaultPoint = (typeof faultPoints)[number];

/** How often each fate of a request comes, beside the others. */
export const fateWeights = {
  'throttled-seconds': 5,
  'throttled-silent': 2.5,
  'throttled-zero': 2.5,
  'throttled-word': 2.5,
  'throttled-hour': 0.3,
  'error-before': 12,
  'error-after': 12,
  'reset-before': 12,
  'reset-after': 12,
  'hang-before': 5,
  'hang-after': 5,
  late: 6,
  slow: 12,
  refused: 10,
  'fatal-before': 3,
  'fatal-after': 3,
  refusal: 3,
} as const;
export type FateName = keyof typeof fateWeights;

const others = [
  'clock-ahead',
  'clock-behind',
  'database-restart',
  'roster-change',
  'content-change',
  'calendar-change',
  'recall',
  'token-revoked',
  'workspace-throttled',
  'account-gone',
  'press-twice',
  'press-reordered',
  'press-hours-late',
  'wake-up-lost',
  'wake-up-twice',
  'wake-up-hours-late',
] as const;

export const hardships = [...faultPoints, ...(Object.keys(fateWeights) as FateName[]), ...others];
export type Hardship = FaultPoint | FateName | (typeof others)[number];

export type Faced = Readonly<Record<Hardship, number>>;

/** Counts from nothing. */
export const openFaced = (): {
  readonly face: (hardship: Hardship) => void;
  readonly faced: Faced;
} => {
  const faced = Object.fromEntries(hardships.map((one) => [one, 0])) as Record<Hardship, number>;
  return {
    faced,
    face: (hardship) => {
      faced[hardship] += 1;
    },
  };
};
