/** The files that HR may take away: which there are, and their addresses. */
import type { FileLink } from '../../parts/downloads.tsx';
import { type Page, withQuery } from '../../site.ts';

/** Views with files, and the kinds of each. `id.csv` is for a spreadsheet with Indonesian settings. */
export const fileKinds = {
  'peta-panas': ['xlsx', 'id.csv', 'csv', 'png'],
  tren: ['xlsx', 'id.csv', 'csv', 'png'],
  sebaran: ['xlsx', 'id.csv', 'csv'],
  partisipasi: ['xlsx', 'id.csv', 'csv'],
} as const;

export type FileView = keyof typeof fileKinds;
export type FileKind = (typeof fileKinds)[FileView][number];

/** The links of one view; they carry the page's choices. */
export const fileLinks = (page: Page, view: FileView): readonly FileLink[] =>
  fileKinds[view].map((kind) => ({
    href: withQuery(`/hr/berkas/${view}.${kind}`, page.query, {
      tab: null,
      tampilan: null,
      bahasa: page.language,
    }),
    label: page.say(`files.${kind}`),
  }));

/** What `periode` says for all releases at once, oldest first. */
export const everyWave = 'semua';

/** The release itself and all of them, for programs. */
export const releaseLinks = ({ say }: Page, wave: string): readonly FileLink[] => [
  { href: releaseAddress(wave), label: say('files.json') },
  { href: releaseAddress(everyWave), label: say('files.json.all') },
];

const releaseAddress = (wave: string): string =>
  withQuery('/hr/berkas/rilis.json', new URLSearchParams(), { periode: wave });
