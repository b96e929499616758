/** `/hr/berkas/…`: the chosen view as a file, and the release for programs; from frozen releases only. */
import { type Context, Hono } from 'hono';
import { kebab } from '../../../core/ingest/register/sections.ts';
import { agencyOf, groupOf } from '../../../core/results/read.ts';
import type { Release } from '../../../core/results/release.ts';
import { csvOf } from '../../files/csv.ts';
import { heatPicture } from '../../files/heat-picture.ts';
import { pngOf } from '../../files/png.ts';
import { trendPicture } from '../../files/trend-picture.ts';
import { xlsxOf } from '../../files/xlsx.ts';
import { groupName } from '../../results/figures.ts';
import {
  answerSheet,
  heatSheet,
  participationSheet,
  type Sheet,
  trendSheet,
} from '../../results/sheets.ts';
import { type Page, pageOf, type Site } from '../../site.ts';
import type { HrData } from '../data.ts';
import { type HrQuery, readQuery, scoreWord } from '../query.ts';
import { itemTexts } from '../tabs/answers.tsx';
import { trendChoice } from '../tabs/trend.tsx';
import { everyWave, type FileKind, type FileView, fileKinds } from './files.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const types: Readonly<Record<FileKind | 'json', string>> = {
  csv: 'text/csv; charset=utf-8',
  'id.csv': 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  png: 'image/png',
  json: 'application/json; charset=utf-8',
};

/** The files of the HR page. A file that there is not, and a time before the first release, answer 404. */
export const fileRoutes = (data: HrData, site: Site): Hono => {
  const app = new Hono();
  app.get('/hr/berkas/rilis.json', async (c) => {
    const asked = new URL(c.req.url).searchParams;
    const releases = await data.releases();
    const { release } = readQuery(asked, releases);
    const all = asked.get('periode') === everyWave;
    if (release === null || !(all || isKnown(asked, releases))) return c.notFound();
    const body = all ? listOf(releases.map(bytesOf)) : bytesOf(release);
    return send(c, body, { kind: 'json', name: 'rilis' });
  });
  for (const view of Object.keys(fileKinds) as FileView[])
    for (const kind of fileKinds[view])
      app.get(`/hr/berkas/${view}.${kind}`, async (c) => {
        const page = pageOf(c, site);
        const releases = await data.releases();
        const query = readQuery(page.query, releases);
        const known = isKnown(page.query, releases);
        if (query.release === null || query.unit === null || !known) return c.notFound();
        const chosen = { page, releases, query, release: query.release, unit: query.unit };
        const texts = itemTexts(await data.items(), page.language);
        const body =
          kind === 'png'
            ? await pictureOf(view, chosen)
            : await sheetFile(sheets[view]({ ...chosen, texts }), page, kind);
        return send(c, body, { kind, name: names[view](chosen) });
      });
  return app;
};

/** A page falls back to the newest period; a program would keep a file of another one for the one it asked for. */
const isKnown = (asked: URLSearchParams, releases: readonly Release[]): boolean => {
  const wave = asked.get('periode');
  return wave === null || releases.some((release) => release.wave === wave);
};

/** A release never changes, so its text is made once. */
const texts = new WeakMap<Release, Bytes>();

const bytesOf = (release: Release): Bytes => {
  const bytes = texts.get(release) ?? new TextEncoder().encode(JSON.stringify(release));
  texts.set(release, bytes);
  return bytes;
};

/** The texts as one JSON list. */
const listOf = (parts: readonly Bytes[]): Bytes => {
  const list = new Uint8Array(parts.reduce((sum, part) => sum + part.length + 1, 1));
  let at = 0;
  for (const part of parts) {
    list.set([(at === 0 ? '[' : ',').charCodeAt(0)], at);
    list.set(part, at + 1);
    at += part.length + 1;
  }
  list.set([']'.charCodeAt(0)], at);
  return list;
};

type Chosen = {
  readonly page: Page;
  readonly releases: readonly Release[];
  readonly query: HrQuery;
  readonly release: Release;
  readonly unit: number;
};

type Texts = { readonly texts: ReadonlyMap<string, string> };

/** The group that the page shows, and why it is another one than was asked for. */
const trendFile = ({ page, releases, unit }: Chosen): Sheet => {
  const { shown, notice } = trendChoice(page, releases, unit);
  const sheet = trendSheet(page, releases, shown?.unit ?? unit);
  return { ...sheet, notes: [...(notice === null ? [] : [notice]), ...sheet.notes] };
};

const sheets: Readonly<Record<FileView, (chosen: Chosen & Texts) => Sheet>> = {
  'peta-panas': ({ page, release, query }) => heatSheet(page, release, query),
  tren: trendFile,
  sebaran: ({ page, release, unit, texts }) => answerSheet(page, release, { unit, texts }),
  partisipasi: ({ page, release }) => participationSheet(page, release),
};

/** What a file is about, as far as it follows the page's choices: two of them lie in one folder. */
const names: Readonly<Record<FileView, (chosen: Chosen) => string>> = {
  'peta-panas': ({ release, query }) => `peta-panas-${scoreWord[query.score]}-${release.closedOn}`,
  tren: ({ page, releases, release, unit }) => {
    const latest = releases.at(-1) ?? release;
    const shown = trendChoice(page, releases, unit).shown?.unit ?? unit;
    return `tren-${wordFor(latest, shown)}-${latest.closedOn}`;
  },
  sebaran: ({ release, unit }) => `sebaran-${wordFor(release, unit)}-${release.closedOn}`,
  partisipasi: ({ release }) => `partisipasi-${release.closedOn}`,
};

/** A group's name in letters that every file system takes. */
const wordFor = (release: Release, unit: number): string => {
  const group = groupOf(release, unit);
  return group === undefined ? `unit-${unit}` : kebab(groupName(release, group));
};

const sheetFile = async (
  sheet: Sheet,
  { say }: Page,
  kind: Exclude<FileKind, 'png'>,
): Promise<string | Bytes> => {
  if (kind === 'xlsx')
    return xlsxOf(sheet, { figures: say('sheet.figures'), notes: say('sheet.notes') });
  return csvOf(sheet, kind === 'csv' ? 'plain' : 'excel-id');
};

const pictureOf = async (view: FileView, chosen: Chosen): Promise<Bytes> => {
  const { page, releases, query, release, unit } = chosen;
  if (view === 'peta-panas') return pngOf(heatPicture(page, release, query));
  const measure = { score: 'concern', aspect: 'all' } as const;
  const latest = releases.at(-1) ?? release;
  const own = trendChoice(page, releases, unit).shown ?? groupOf(latest, unit);
  const agency = agencyOf(latest);
  const groups = [own, agency].flatMap((group, at) =>
    group === undefined || (at > 0 && group.unit === own?.unit) ? [] : [group],
  );
  const units = groups.map((group) => ({ unit: group.unit, name: groupName(latest, group) }));
  const title = page.say('trend.title', {
    score: page.say('score.concern'),
    name: units[0]?.name ?? '',
  });
  return pngOf(await trendPicture(page, { title, measure, releases, units }));
};

const send = (
  c: Context,
  body: string | Bytes,
  { kind, name }: { readonly kind: FileKind | 'json'; readonly name: string },
) => {
  c.header('content-type', types[kind]);
  const file = `langkah-${name}.${kind === 'id.csv' ? 'csv' : kind}`;
  c.header('content-disposition', `attachment; filename="${file}"`);
  c.header('cache-control', 'no-store');
  return c.body(body);
};
