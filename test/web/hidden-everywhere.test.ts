/** A hidden figure is in no release, and no output would print one if it were. */
import { describe, expect, it } from 'vitest';
import { parseCatalogue } from '../../core/content/parse.ts';
import { languages } from '../../core/language.ts';
import { leaderFigures } from '../../core/leadership/figures.ts';
import { leaderMessage } from '../../core/leadership/summary-message.ts';
import { cellOf } from '../../core/results/read.ts';
import type { Release } from '../../core/results/release.ts';
import type { Answers } from '../../core/survey/ballot/ballot.ts';
import { readContent } from '../../functions/app/files.ts';
import { fileKinds } from '../../web/hr/files/files.ts';
import { tabs } from '../../web/hr/query.ts';
import { hrRoutes } from '../../web/hr/routes.tsx';
import { leaderRoutes } from '../../web/leader/routes.tsx';
import {
  close,
  everyItem,
  items,
  type Person,
  people,
  seeded,
} from '../core/results/small-wave.ts';
import { hrData, leaderData, site } from './hr/fixtures.ts';
import { unzip } from './unzip.ts';

/** Unit 4 has five people and unit 5 has twelve: the first is hidden itself, the other to protect it. */
const [few, protecting] = [people(4, 5), people(5, 12)];
const members: readonly Person[] = [...people(1, 30), ...few, ...protecting, ...people(3, 80)];

const random = ({ personId }: Person): Answers => {
  const next = seeded(personId * 7_919);
  return Object.fromEntries(
    items.map(({ id }) => [id, (1 + Math.floor(next() * 5)) as 1 | 2 | 3 | 4 | 5]),
  );
};

/** Five of the neighbours answer 1 to everything and the hidden ones 5, or the other way round: no sum changes. */
const answering =
  (hidden: 1 | 5) =>
  (person: Person): Answers => {
    if (few.includes(person)) return everyItem(hidden);
    if (protecting.slice(0, 5).includes(person)) return everyItem(hidden === 1 ? 5 : 1);
    return random(person);
  };

/** Two waves, so that trends and changes are there, too. */
const wavesOf = (hidden: 1 | 5) => {
  const first = close(members, answering(hidden));
  return [first, close(members, answering(hidden), { wave: 'w2', earlier: [first] })] as const;
};
const waves = wavesOf(1);
const releases = waves.map(({ release }) => release);

/** The same releases with figures smuggled into every hidden cell. */
const smuggled = { mean: 4.57, low: 4.56, high: 4.58, band: '771–772' };
const share = { share: 0.573, low: 0.5731, high: 0.5732, range: { low: 0.5733, high: 0.5734 } };
const poisoned = releases.map(
  (release): Release => ({
    ...release,
    cells: release.cells.map((cell) => (cell.shown ? cell : { ...smuggled, ...cell })),
    answers: release.answers.map((cell) =>
      cell.shown ? cell : { favourable: share, points: [0.573], band: '771–772', ...cell },
    ),
  }),
);

const hrPaths = languages.flatMap((language) =>
  [1, 2, 4, 5].flatMap((unit) => [
    ...tabs.map((tab) => `/hr?tab=${tab}&unit=${unit}&bahasa=${language}`),
    `/hr?tab=peta-panas&skor=hambatan&tampilan=tabel&unit=${unit}&bahasa=${language}`,
    ...Object.entries(fileKinds).flatMap(([view, kinds]) =>
      kinds.map((kind) => `/hr/berkas/${view}.${kind}?unit=${unit}&bahasa=${language}`),
    ),
  ]),
);

const outputOf = async (of: readonly Release[], path: string): Promise<string> => {
  const data = { releases: async () => of };
  const app = path.startsWith('/hr')
    ? hrRoutes(hrData({ ...data, items: async () => items }), site)
    : leaderRoutes(leaderData(data), site);
  const response = await app.request(path);
  expect(response.status).toBe(200);
  const bytes = Buffer.from(await response.arrayBuffer());
  // A workbook says when it was made; its sheets do not.
  return path.includes('.xlsx')
    ? ['xl/worksheets/sheet1.xml', 'xl/worksheets/sheet2.xml', 'xl/sharedStrings.xml']
        .map((name) => unzip(bytes).get(name))
        .join('\n')
    : bytes.toString('base64');
};

describe('the figure of a hidden group', () => {
  it('is not in the release: what the group answered changes not a byte of it', () => {
    for (const { release, basis } of waves) {
      for (const unit of [4, 5]) {
        expect(release.cells.some((cell) => cell.unit === unit && cell.shown)).toBe(false);
        expect(basis.moments.some((one) => one.unit === unit)).toBe(false);
      }
      const hidden = (unit: number) => cellOf(release, unit, { score: 'concern', aspect: 'data' });
      expect([hidden(4), hidden(5)]).toMatchObject([{ hidden: 'small' }, { hidden: 'protect' }]);
      // The figures that rest on everybody are told as well.
      expect(release.method.reliability).not.toBeNull();
    }
    expect(JSON.stringify(wavesOf(5))).toBe(JSON.stringify(waves));
  });

  it('is printed by no page and no file, even if a release held it', async () => {
    for (const path of hrPaths)
      expect((await outputOf(poisoned, path)) === (await outputOf(releases, path)), path).toBe(
        true,
      );
  }, 120_000);

  it('is printed neither on the leader page nor in the leader message', async () => {
    const catalogue = parseCatalogue(await readContent());
    const [prompt] = catalogue.prompts.values();
    if (prompt === undefined) throw new Error('the content has no prompt');
    for (const language of languages)
      for (const unit of [1, 2, 4, 5]) {
        const path = `/pimpinan?unit=${unit}&bahasa=${language}`;
        expect(await outputOf(poisoned, path)).toBe(await outputOf(releases, path));
        const messageOf = (of: readonly Release[]) => {
          const shelf = {
            ...{ catalogue, releases: of, learning: null },
            ...{ nameOf: () => 'Unit', parentOf: () => null },
          };
          const figures = leaderFigures(shelf, { unit, language });
          return leaderMessage(catalogue, language, { figures, prompt });
        };
        expect(messageOf(poisoned)).toEqual(messageOf(releases));
      }
  });
});
