/** What a document's name says of its kind: only a name that begins as one is taken for a legal instrument. */

/** Legislation has no copyright; what else an agency numbers is none (Law 12/2011, articles 7 and 8). */
export type Instrument = 'legislation' | 'circular' | 'decree' | 'instruction';

/** Who makes regulations that are legislation; an office or a company that calls its rules so is none of them. */
const makers =
  'pemerintah|presiden|menteri|kementerian|daerah|gubernur|bupati|wali ?kota|desa|badan(?! usaha)|lembaga|kepala|komisi|mahkamah|bank indonesia|otoritas|dewan perwakilan|majelis';

/** "WORDS … Nomor … tentang …" */
const begins = (words: string): RegExp =>
  new RegExp(String.raw`^(?:${words})\b.*\bnomor\b.*\btentang\b`, 'isu');

const names: readonly (readonly [Instrument, RegExp])[] = [
  ['legislation', begins(`undang-undang|peraturan (?:${makers})`)],
  ['circular', begins('surat edaran')],
  ['decree', begins('keputusan')],
  ['instruction', begins('instruksi')],
];

/** The instrument that a name begins as; null for any other document. */
export const instrumentOf = (name: string): Instrument | null =>
  names.find(([, pattern]) => pattern.test(name.trim()))?.[0] ?? null;
