import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Aspect, aspects } from '../../../core/content/schema.ts';
import { type Group, measures } from '../../../core/results/release.ts';
import {
  type Answer,
  type Answers,
  ballotKey,
  newWaveKeys,
  sealBallot,
} from '../../../core/survey/ballot/ballot.ts';
import { withdrawn } from '../../../core/survey/ballot/opening.ts';
import { namesOf } from '../../../core/survey/comments/names.ts';
import { type BallotBox, tally } from '../../../core/survey/tally.ts';
import { items } from '../results/small-wave.ts';

const keys = await newWaveKeys();
const other = await newWaveKeys();

const keywords = Object.fromEntries(
  aspects.map((aspect) => [aspect, { id: aspect, en: aspect }]),
) as BallotBox['keywords'];

const ids = items.map(({ id }) => id);

const group = (unit: number, parent: number | null): Group => ({
  unit,
  parent,
  kind: 'unit',
  name: `Unit ${unit}`,
  levelLabel: parent === null ? 'Kementerian' : 'Biro',
  depth: parent === null ? 0 : 1,
});
const groups = [group(1, null), group(2, 1), group(3, 1), group(4, 1)];

/** Unit 2 has 3 people, unit 3 has 11, unit 4 has 30; nobody sits in the root itself. */
const members = [3, 11, 30].flatMap((size, index) =>
  Array.from({ length: size }, (_, seat) => ({
    personId: 100 * index + seat,
    groups: [index + 2, 1],
  })),
);
const everyItem = (answer: Answer): Answers => Object.fromEntries(ids.map((id) => [id, answer]));
type Cast = { readonly ballotKey: string; readonly sealed: string };
const seal = async (
  personId: number,
  answers: Answers,
  comment: string | null = null,
): Promise<Cast> => ({
  ballotKey: ballotKey(keys.secret, personId),
  sealed: await sealBallot(keys.publicKey, { wave: 'w1', items: ids, answers, comment }),
});
const boxOf = (
  cast: readonly Cast[],
  people: readonly (typeof members)[number][] = members,
): BallotBox => ({
  wave: 'w1',
  closedOn: '2026-11-20',
  items,
  // More pages than one.
  members: [people.slice(0, 7), people.slice(7)],
  ballots: [cast.slice(0, 11), cast.slice(11)],
  privateKey: keys.privateKey,
  secret: keys.secret,
  membersKey: 'kunci-rumah',
  groups,
  depth: 'units',
  earlier: [],
  names: namesOf(['Rahayu Wulandari'], new Set()),
  keywords,
});
const points = [1, 2, 3, 4, 5] as const;
const ballots = await Promise.all(
  members.map(({ personId }, index) => seal(personId, everyItem(points[index % 5] ?? 3))),
);
const released = async (...of: Parameters<typeof boxOf>) => (await tally(boxOf(...of))).release;
const whole = await released(ballots);
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
    expect(cellOf(whole, 2)).toMatchObject({ shown: false, hidden: 'small' });
    expect(cellOf(whole, 3)).toMatchObject({ shown: false, hidden: 'protect' });
    expect(cellOf(whole, 4)).toMatchObject({ shown: true, mean: 3, band: '20–49' });
    expect(cellOf(whole, 1)).toMatchObject({ shown: true, band: '20–49' });
    expect(cellOf(whole, 3, 'all')).toMatchObject({ shown: false, hidden: 'protect' });
  });

  it('turns reversed items round and keeps the two scores apart', async () => {
    const agreed = await released(
      await Promise.all(members.map(({ personId }) => seal(personId, everyItem(4)))),
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
          expect(JSON.stringify(await released(mixed, people))).toBe(JSON.stringify(whole));
        },
      ),
      { numRuns: 5 },
    );
  });

  it('hides the same cells when all answers change places', async () => {
    const rotated = await Promise.all(
      members.map(({ personId }, index) => seal(personId, everyItem(points[(index * 3) % 5] ?? 3))),
    );
    const release = await released(rotated);
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
    const release = await released([...readable, ...odd]);
    expect(release.audit.unreadable).toBe(3);
    expect(release.cells).toEqual((await released(readable)).cells);
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
    const release = await released(skipping);
    expect(cellOf(release, 4, 'data')).toMatchObject({ shown: false, hidden: 'few' });
    expect(cellOf(release, 4, 'people')).toMatchObject({ shown: true });
    expect(cellOf(release, 4, 'all')).toMatchObject({ shown: false, hidden: 'few' });
  });

  it('does not count a ballot that its person took back, nor call it unreadable', async () => {
    const [first, ...others] = ballots;
    const back = { ballotKey: first?.ballotKey ?? '', sealed: withdrawn };
    const release = await released([back, ...others]);
    expect(release.audit.unreadable).toBe(0);
    expect(release.cells).toEqual((await released(others)).cells);
  });

  it('counts who answered a form that left an item out, as one at risk is', async () => {
    const fewer = await Promise.all(
      members.map(async ({ personId }) => {
        const { 'data-anchor': _left, ...answers } = everyItem(4);
        const form = { wave: 'w1', items: ids.filter((id) => id !== 'data-anchor') };
        const sealed = await sealBallot(keys.publicKey, { ...form, answers, comment: null });
        return { ballotKey: ballotKey(keys.secret, personId), sealed };
      }),
    );
    const release = await released(fewer);
    expect(release.audit.unreadable).toBe(0);
    expect(cellOf(release, 4, 'people')).toMatchObject({ shown: true });
    expect(cellOf(release, 4, 'data')).toMatchObject({ shown: false, hidden: 'few' });
  });

  it('publishes scrubbed comments beside no score, and none of fewer than ten', async () => {
    const saying = (count: number) =>
      Promise.all(
        members.map(({ personId }, at) =>
          seal(personId, everyItem(3), at < count ? `Terima kasih Rahayu, data ${at}` : null),
        ),
      );
    const [list, ...others] = (await released(await saying(12))).comments ?? [];
    expect(others).toEqual([]);
    expect(list?.unit).toBe(1);
    const said = list?.themes.flatMap(({ comments }) => comments) ?? [];
    expect([...said].sort()).toEqual(
      Array.from({ length: 12 }, (_, at) => `Terima kasih [nama], data ${at}`).sort(),
    );
    expect((await released(await saying(9))).comments).toEqual([]);
  });

  it('publishes an empty wave with everything hidden', async () => {
    const release = await released([]);
    expect(release.cells.some(({ shown }) => shown)).toBe(false);
    expect(cellOf(release, 1)).toMatchObject({ hidden: 'few' });
    expect(release.audit.hiddenFew + release.audit.hiddenProtect).toBe(release.audit.cells);
  });

  it('tells participation in bands, and none for fewer than ten invited', () => {
    expect(whole.participation).toEqual([
      { unit: 1, band: '≥ 80 %' },
      { unit: 2, band: null, hidden: 'small' },
      { unit: 3, band: null, hidden: 'protect' },
      { unit: 4, band: '≥ 80 %' },
    ]);
  });

  it('of a wave limited to the agency publishes no list and no band below it', async () => {
    const cast = await Promise.all(
      members.map(({ personId }) => seal(personId, everyItem(3), `komentar ${personId}`)),
    );
    const { release: full } = await tally(boxOf(cast));
    expect(full.comments?.map(({ unit }) => unit)).toEqual([1, 4]);
    const { release: limited } = await tally({ ...boxOf(cast), depth: 'agency' });
    expect(limited.comments?.map(({ unit }) => unit)).toEqual([1]);
    expect(limited.comments?.[0]?.themes.flatMap(({ comments }) => comments)).toHaveLength(
      members.length,
    );
    expect(limited.participation).toEqual([{ unit: 1, band: '≥ 80 %' }]);
  });

  it('carries no person, key or box into what is kept', async () => {
    const text = JSON.stringify(await tally(boxOf(ballots)));
    for (const ballot of ballots) {
      expect(text).not.toContain(ballot.ballotKey);
      expect(text).not.toContain(ballot.sealed);
    }
    expect(text).not.toMatch(/personId|respondent|answered|secret|privateKey/i);
  });
});
