import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Aspect, aspects, type Item } from '../../../core/content/schema.ts';
import { type Group, measures } from '../../../core/results/release.ts';
import {
  type Answer,
  type Answers,
  ballotKey,
  newWaveKeys,
  sealBallot,
} from '../../../core/survey/ballot.ts';
import { type BallotBox, tally } from '../../../core/survey/tally.ts';

const keys = await newWaveKeys();
const other = await newWaveKeys();

const item = (aspect: Aspect, role: Item['role']): Item => ({
  id: `${aspect}-${role}`,
  aspect,
  role,
  barrier: 'want',
  reverse: role === 'condition',
  cites: ['pskn#challenge.data'],
  text: { id: aspect, en: aspect },
  approval: { role: 'Redaksi', date: '2026-09-28', sources: {} },
});
const items = (['anchor', 'condition'] as const).flatMap((role) =>
  aspects.map((aspect) => item(aspect, role)),
);
const ids = items.map(({ id }) => id);

const group = (unit: number, parent: number | null): Group => ({
  unit,
  parent,
  name: `Unit ${unit}`,
  levelLabel: parent === null ? 'Kementerian' : 'Biro',
  depth: parent === null ? 0 : 1,
});
const groups = [group(1, null), group(2, 1), group(3, 1), group(4, 1)];

/** Unit 2 has 3 people, unit 3 has 8, unit 4 has 30; nobody sits in the root itself. */
const members = [3, 8, 30].flatMap((size, index) =>
  Array.from({ length: size }, (_, seat) => ({
    personId: 100 * index + seat,
    groups: [index + 2, 1],
  })),
);
const everyItem = (answer: Answer): Answers => Object.fromEntries(ids.map((id) => [id, answer]));
const seal = async (personId: number, answers: Answers) => ({
  ballotKey: ballotKey(keys.secret, personId),
  sealed: await sealBallot(keys.publicKey, { wave: 'w1', items: ids, answers, comment: null }),
});
const boxOf = (ballots: BallotBox['ballots']): BallotBox => ({
  wave: 'w1',
  closedOn: '2026-11-20',
  items,
  members,
  ballots,
  privateKey: keys.privateKey,
  secret: keys.secret,
  groups,
});
const points = [1, 2, 3, 4, 5] as const;
const ballots = await Promise.all(
  members.map(({ personId }, index) => seal(personId, everyItem(points[index % 5] ?? 3))),
);
const whole = await tally(boxOf(ballots));
const cellOf = (release: typeof whole, unit: number, aspect: Aspect | 'all' = 'data') =>
  release.cells.find(
    (cell) => cell.unit === unit && cell.aspect === aspect && cell.score === 'concern',
  );

describe('the tally', () => {
  it('gives every group × measure a cell, shown or hidden with its reason', () => {
    expect(whole.cells).toHaveLength(groups.length * measures.length);
    for (const { unit } of groups)
      for (const measure of measures)
        expect(
          whole.cells.filter((cell) => cell.unit === unit && cell.score === measure.score),
        ).toContainEqual(expect.objectContaining({ ...measure, unit }));
  });

  it('hides three people, and the sibling that would show them by subtraction', () => {
    expect(cellOf(whole, 2)).toMatchObject({ shown: false, hidden: 'few' });
    expect(cellOf(whole, 3)).toMatchObject({ shown: false, hidden: 'protect' });
    expect(cellOf(whole, 4)).toMatchObject({ shown: true, mean: 3, band: '20–49' });
    expect(cellOf(whole, 1)).toMatchObject({ shown: true, band: '20–49' });
    expect(cellOf(whole, 3, 'all')).toMatchObject({ shown: false, hidden: 'protect' });
  });

  it('turns reversed items round and keeps the two scores apart', async () => {
    const agreed = await tally(
      boxOf(await Promise.all(members.map(({ personId }) => seal(personId, everyItem(4))))),
    );
    const means = agreed.cells.flatMap((cell) =>
      cell.shown && cell.unit === 4 ? [[cell.score, cell.mean]] : [],
    );
    expect(new Set(means.map(String))).toEqual(new Set(['concern,4', 'condition,2']));
    expect(agreed.cells.map(({ shown }) => shown)).toEqual(whole.cells.map(({ shown }) => shown));
  });

  it('gives the same release whatever the order of ballots and members', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(ballots, { minLength: ballots.length }),
        fc.shuffledSubarray(members, { minLength: members.length }),
        async (mixed, people) => {
          expect(JSON.stringify(await tally({ ...boxOf(mixed), members: people }))).toBe(
            JSON.stringify(whole),
          );
        },
      ),
      { numRuns: 5 },
    );
  });

  it('hides the same cells when all answers change places', async () => {
    const rotated = await Promise.all(
      members.map(({ personId }, index) => seal(personId, everyItem(points[(index * 3) % 5] ?? 3))),
    );
    const release = await tally(boxOf(rotated));
    const hidden = (of: typeof whole) =>
      of.cells.map((cell) => [cell.unit, cell.score, cell.aspect, cell.shown || cell.hidden]);
    expect(hidden(release)).toEqual(hidden(whole));
  });

  it('counts what it cannot read and goes on', async () => {
    const readable = ballots.slice(0, -3);
    const foreign = await sealBallot(other.publicKey, {
      wave: 'w1',
      items: ids,
      answers: everyItem(1),
      comment: null,
    });
    const odd = [
      { ballotKey: ballotKey(keys.secret, 229), sealed: 'not a box' },
      { ballotKey: ballotKey(keys.secret, 228), sealed: foreign },
      await seal(999, everyItem(1)),
    ];
    const release = await tally(boxOf([...readable, ...odd]));
    expect(release.audit.unreadable).toBe(3);
    expect(release.cells).toEqual((await tally(boxOf(readable))).cells);
    expect(whole.audit.unreadable).toBe(0);
  });

  it('counts a measure over those who answered it: "not relevant" is not an answer', async () => {
    const skipping = await Promise.all(
      members.map(({ personId }) =>
        seal(personId, {
          ...everyItem(4),
          ...(personId >= 205 ? { 'data-anchor': 'na' as const } : {}),
        }),
      ),
    );
    const release = await tally(boxOf(skipping));
    expect(cellOf(release, 4, 'data')).toMatchObject({ shown: false, hidden: 'few' });
    expect(cellOf(release, 4, 'people')).toMatchObject({ shown: true });
    expect(cellOf(release, 4, 'all')).toMatchObject({ shown: false, hidden: 'few' });
  });

  it('publishes an empty wave with everything hidden', async () => {
    const release = await tally(boxOf([]));
    expect(release.cells.every((cell) => !cell.shown && cell.hidden === 'few')).toBe(true);
    expect(release.audit.hiddenFew).toBe(release.cells.length);
  });

  it('tells participation in bands, and none for fewer than ten invited', () => {
    expect(whole.participation).toEqual([
      { unit: 1, band: '≥ 80 %' },
      { unit: 2, band: null },
      { unit: 3, band: null },
      { unit: 4, band: '≥ 80 %' },
    ]);
  });

  it('carries no person, key or box into the release', () => {
    const text = JSON.stringify(whole);
    for (const ballot of ballots) {
      expect(text).not.toContain(ballot.ballotKey);
      expect(text).not.toContain(ballot.sealed);
    }
    expect(Object.keys(whole)).toEqual([
      'wave',
      'closedOn',
      'items',
      'groups',
      'cells',
      'participation',
      'audit',
    ]);
  });
});
