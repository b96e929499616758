/** What a document offers an author: its ideas, each with the passage it rests on and the use it suggests. */
import type { Aspect } from '../content/schema.ts';
import { announces } from './blocks/announced.ts';
import { instructionIn } from './blocks/instructions.ts';
import type { Section } from './register/sections.ts';
import type { Block, Faq, List, Table } from './tree.ts';
import { textOf } from './tree.ts';

/** tip = a lesson, item = a statement of the survey, prompt = for leaders, case = a lesson's question. */
export const uses = ['tip', 'item', 'prompt', 'case'] as const;
export type Use = (typeof uses)[number];

export type Idea = {
  readonly use: Use;
  readonly section: string;
  readonly passage: string;
  readonly page: number | null;
  readonly aspect: Aspect | null;
};

/** Every idea of the sections in their order; announcements, instructions to a model and bare links are none. */
export const ideasOf = (sections: readonly Section[]): readonly Idea[] =>
  sections.flatMap((section) =>
    section.blocks.flatMap((block, at) => ideasOfBlock(section, block, section.blocks[at - 1])),
  );

const ideasOfBlock = (
  section: Section,
  block: Block,
  above: Block | undefined,
): readonly Idea[] => {
  const idea = (use: Use, passage: string): Idea => ({
    use,
    section: section.id,
    passage,
    page: block.page,
    aspect: aspectOf(passage) ?? aspectOf(section.path.toReversed().join('\n')),
  });
  if (instructionIn(textOf(block)) !== null) return [];
  switch (block.kind) {
    case 'heading':
      return [];
    case 'paragraph':
      return isClaim(claimOf(block.text)) ? [idea('tip', claimOf(block.text))] : [];
    case 'list':
      return listIdeas(section, block, above).map(({ use, passage }) => idea(use, passage));
    case 'table':
      return isSmall(block) ? [idea('tip', textOf(block))] : [];
    case 'faq':
      return [idea('case', faqPassage(block))];
  }
};

const faqPassage = (block: Faq): string => textOf(block);

/** The sentences before the one that announces a list; that one says nothing by itself. */
const claimOf = (text: string): string =>
  announces(text) ? (/^.*[.!?](?=\s)/su.exec(text)?.[0] ?? '') : text;

/** A line that names a source or leads elsewhere. */
const pointer =
  /^(?:sumber|source|referensi|references?|baca juga|lihat juga|read (?:also|more)|see also|penulis|author|tags?)\b[^.:]{0,20}:/iu;

const fewestWords = 6;

const isClaim = (text: string): boolean => {
  const words = text.replace(/https?:\/\/\S+/gu, '').match(/\p{L}{2,}/gu) ?? [];
  return words.length >= fewestWords && !text.endsWith('?') && !pointer.test(text);
};

/** A long table is data, not a thought. */
const isSmall = ({ rows }: Table): boolean => rows.length > 0 && rows.length <= 12;

const listIdeas = (
  section: Section,
  { items }: List,
  above: Block | undefined,
): readonly Pick<Idea, 'use' | 'passage'>[] => {
  const lead = above?.kind === 'paragraph' && announces(above.text) ? above.text : null;
  const kind = listUse(section, lead);
  return branches(items).flatMap((branch) => {
    const said = branch.map(({ marker, depth, text }) => `${'  '.repeat(depth)}${marker} ${text}`);
    if (!branch.some(({ text }) => /\p{L}{2}/u.test(text))) return [];
    const passage = [...(lead === null ? [] : [lead]), ...said].join('\n');
    return [...(kind === null ? [] : [{ use: kind, passage }]), { use: 'tip' as const, passage }];
  });
};

/** Each outermost item with what stands below it: an ayat and its letters are one thought. */
const branches = (items: List['items']): readonly List['items'][] => {
  const out: List['items'][number][][] = [];
  for (const item of items) {
    const open = out.at(-1);
    if (item.depth === 0 || open === undefined) out.push([item]);
    else open.push(item);
  }
  return out;
};

const leader =
  /\b(?:peran|tugas|tanggung jawab|kewajiban)\s+(?:\p{L}+\s+){0,2}?(?:pimpinan|pemimpin|pejabat|kepala|atasan)|\b(?:pimpinan|pemimpin)\b.*\b(?:peran|tugas|harus|perlu)|\b(?:roles?|dut(?:y|ies)|responsibilit(?:y|ies))\s+of\s+(?:the\s+)?(?:leaders?|leadership|managers?|heads?)|\b(?:leaders?|leadership|managers?)\b.*\b(?:roles?|must|should|dut)/isu;
const obstacle =
  /\b(?:tantangan|kendala|hambatan|masalah|permasalahan|isu|risiko|challenges?|obstacles?|barriers?|problems?|issues?|risks?)\b/iu;
const remedy =
  /\b(?:solusi|strategi|langkah|upaya|penguatan|peningkatan|pengembangan|mengatasi|solutions?|strateg(?:y|ies)|steps?|measures?|overcom\w+|address\w*)\b/iu;

/** Of a long text before a list only its end announces it. */
const longestLead = 300;

/** The nearest heading that says it decides; a solution to obstacles is no list of obstacles. */
const listUse = ({ path }: Section, lead: string | null): 'item' | 'prompt' | null => {
  for (const whole of [lead ?? '', ...path.toReversed()]) {
    const text = whole.slice(-longestLead);
    if (leader.test(text)) return 'prompt';
    const [hard, cure] = [text.search(obstacle), text.search(remedy)];
    if (hard !== -1 && (cure === -1 || hard < cure)) return 'item';
    if (cure !== -1) return null;
  }
  return null;
};

const aspectWords: Readonly<Record<Aspect, RegExp>> = {
  regulation:
    /\b(?:regulasi|peraturan|kebijakan|pedoman|hukum|kewenangan|regulations?|polic(?:y|ies)|guidelines?|legal)\b/iu,
  data: /\b(?:data|walidata|metadata)\b/iu,
  people:
    /\b(?:SDM|sumber daya manusia|pelatihan|literasi|talenta|kompetensi|skills?|training|literacy|staff|human resources?)\b/iu,
  infrastructure:
    /\b(?:infrastruktur|server|jaringan|cloud|komputasi|infrastructure|network|hardware)\b/iu,
  culture: /\b(?:budaya|resistensi|perubahan|kebiasaan|culture|resistance|habits?)\b/iu,
};

/** The aspect that a text names; null when it names none or several. */
const aspectOf = (text: string): Aspect | null => {
  const named = (Object.keys(aspectWords) as Aspect[]).filter((aspect) =>
    aspectWords[aspect].test(text),
  );
  return named.length === 1 ? (named[0] ?? null) : null;
};
