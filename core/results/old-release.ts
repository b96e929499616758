/** Releases as they were written by earlier versions, read as today's. */
import type { Audit, Group, Participation, Release } from './release.ts';

/** Version 1 had no number: units alone, a mean a cell, ids of items, a shorter audit. */
type FirstRelease = Pick<Release, 'wave' | 'closedOn' | 'cells' | 'participation'> & {
  readonly version?: undefined;
  readonly items: readonly string[];
  readonly groups: readonly Omit<Group, 'kind'>[];
  readonly audit: Omit<Audit, 'undecided' | 'accomplice'>;
};

/** A stored body as a release. What an earlier version did not know is empty or null, never made up. */
export const readRelease = (body: unknown): Release => {
  const stored = body as Release | FirstRelease;
  if (stored.version !== undefined)
    return { ...stored, participation: stored.participation.map(smallIfFew) };
  return {
    ...stored,
    version: 1,
    depth: 'units',
    items: stored.items.map((id) => ({ id, score: null, aspect: null })),
    groups: stored.groups.map((group) => ({ ...group, kind: 'unit' })),
    participation: stored.participation.map(smallIfFew),
    answers: [],
    changes: [],
    lines: [],
    method: { reliability: null, agreement: null },
    audit: { ...stored.audit, undecided: null, accomplice: null },
  };
};

/**
 * Participation was always hidden where few were invited; it used to be said as if few had answered, and before that
 * without a reason.
 */
const smallIfFew = (told: Participation): Participation =>
  told.band === null && (told.hidden ?? 'few') === 'few' ? { ...told, hidden: 'small' } : told;
