/** Which section of a register is which section of the document read now. */

import type { SourceDocument } from '../../content/schema.ts';
import { sectionFingerprint } from '../../content/source-lock.ts';
import { kebab, type Section, unnumbered } from './sections.ts';

type Registered = SourceDocument['sections'][number];

/** The fingerprint of a section that its document no longer has: that of an empty text. */
export const goneFingerprint = sectionFingerprint('');

/** Pairs by heading, then by text, then by place between two pairs; `null` = a section the register has not. */
export const matchSections = (
  known: readonly Registered[],
  sections: readonly Section[],
): readonly (Registered | null)[] => {
  const pairs: Pairs = { olds: new Map(), taken: new Set() };
  pairBy({
    pairs,
    known: known.map(({ id, title }) => [id, nameOf(title.id), nameOf(title.en)]),
    sections: sections.map(({ id, title }) => [id, nameOf(title)]),
  });
  pairBy({
    pairs,
    known: known.map((old) => [printOf(old)]),
    sections: sections.map(({ text }) => [sectionFingerprint(text)]),
  });
  pairBetween(pairs, known, sections);
  return sections.map((_, at) => known[pairs.olds.get(at) ?? -1] ?? null);
};

const nameOf = (title: string): string => kebab(unnumbered(title));

/** A registered section's fingerprint, of its text where it has one. */
export const printOf = ({ text, fingerprint }: Registered): string =>
  fingerprint ?? sectionFingerprint(text ?? '');

/** New section to old one, by position. */
type Pairs = { readonly olds: Map<number, number>; readonly taken: Set<number> };

const pair = ({ olds, taken }: Pairs, at: number, old: number): void => {
  olds.set(at, old);
  taken.add(old);
};

/** Names of each section; two that share one are the same section, the first that is free wins. */
type Names = readonly (readonly string[])[];

const pairBy = ({
  pairs,
  known,
  sections,
}: {
  readonly pairs: Pairs;
  readonly known: Names;
  readonly sections: Names;
}): void => {
  const places = new Map<string, number[]>();
  known.forEach((names, old) => {
    for (const name of new Set(names)) places.set(name, [...(places.get(name) ?? []), old]);
  });
  sections.forEach((names, at) => {
    if (pairs.olds.has(at)) return;
    const old = names
      .flatMap((name) => places.get(name) ?? [])
      .find((place) => !pairs.taken.has(place));
    if (old !== undefined) pair(pairs, at, old);
  });
};

/** Articles of a regulation are who their number says; their place proves nothing. */
const isNumbered = (id: string): boolean => /(?:pasal|article)-/.test(id);

/** Between two pairs, as many new sections as old ones, with a word in common, are the same under other headings. */
const pairBetween = (
  pairs: Pairs,
  known: readonly Registered[],
  sections: readonly Section[],
): void => {
  let [fromNew, fromOld] = [-1, -1];
  for (let at = 0; at <= sections.length; at += 1) {
    const old = at === sections.length ? known.length : pairs.olds.get(at);
    if (old === undefined) continue;
    const gap = at - fromNew - 1;
    if (gap > 0 && gap === old - fromOld - 1)
      pairGap(pairs, { known, sections, fromNew, fromOld, gap });
    [fromNew, fromOld] = [at, old];
  }
};

type Gap = {
  readonly known: readonly Registered[];
  readonly sections: readonly Section[];
  readonly fromNew: number;
  readonly fromOld: number;
  readonly gap: number;
};

const pairGap = (pairs: Pairs, { known, sections, fromNew, fromOld, gap }: Gap): void => {
  for (let step = 1; step <= gap; step += 1) {
    const [section, old] = [sections[fromNew + step], known[fromOld + step]];
    if (section === undefined || old === undefined || pairs.taken.has(fromOld + step)) continue;
    const numbered = isNumbered(section.id) || isNumbered(old.id);
    if (!numbered && sharesWord(section, old)) pair(pairs, fromNew + step, fromOld + step);
  }
};

/** A register's own title says the heading in fewer words, but in some of the same. */
const sharesWord = (section: Section, { title }: Registered): boolean => {
  const said = new Set([...weighty(title.id), ...weighty(title.en)]);
  return weighty(section.title).some((word) => said.has(word));
};

const weighty = (text: string): readonly string[] => text.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
