/** Drafts: the shape of a lesson, an item or a prompt with empty places, and the passage it must rest on. */
import { createHash } from 'node:crypto';
import { stringify } from 'yaml';
import { aspects, barriers } from '../content/schema.ts';
import type { Idea, Use } from './ideas.ts';
import { type TipWords, worded } from './wording.ts';

/** A file below `content/drafts/<document>/`; nothing there is ever sent. */
export type DraftFile = { readonly name: string; readonly text: string };

/** One file an idea, named by use, section and count; empty but for the ideas that a model has worded. */
export const draftsOf = (
  documentId: string,
  ideas: readonly Idea[],
  words: ReadonlyMap<Idea, TipWords> = new Map(),
): readonly DraftFile[] => {
  const counts = new Map<string, number>();
  return ideas.map((idea) => {
    const stem = `${idea.use}-${idea.section}`;
    const count = (counts.get(stem) ?? 0) + 1;
    counts.set(stem, count);
    return { name: `${stem}-${count}.yaml`, text: draftText(documentId, idea, words.get(idea)) };
  });
};

const empty = { id: '', en: '' };
const option = { text: empty, correct: false, feedback: empty };
const options = [
  { id: 'a', ...option },
  { id: 'b', ...option },
];

/** What the author fills, in the order of the finished file. */
const shapes: Readonly<Record<Use, (cite: string) => Readonly<Record<string, unknown>>>> = {
  tip: (cites) => ({
    audience: '',
    cites: [cites],
    title: empty,
    sentences: [
      { kind: 'source', cites, text: empty },
      { kind: 'advice', text: empty },
    ],
    intention: empty,
    quiz: { question: empty, options },
  }),
  item: (cites) => ({
    role: 'condition',
    barrier: '',
    reverse: false,
    cites: [cites],
    text: empty,
  }),
  prompt: (cites) => ({
    role: '',
    barrier: '',
    cites: [cites],
    title: empty,
    action: empty,
    script: empty,
    sign: empty,
    seen: empty,
  }),
  case: (cites) => ({ cites: [cites], quiz: { question: empty, options } }),
};

const hints: Readonly<Record<Use, string>> = {
  tip: 'A tip. In your own words, in both languages; then move it to content/lessons.',
  item: 'A statement for the survey. In your own words; then move it into content/surveys.',
  prompt: 'A prompt for leaders. In your own words; then move it to content/prompts.',
  case: "A question from the document's FAQ. In your own words; then put it into a lesson's quiz.",
};

const modelHint =
  'A model proposed these words: hold every sentence against the passage before you use it.';

const choices = (use: Use): string =>
  [
    `aspect: ${aspects.join(', ')}`,
    ...(use === 'tip' ? ['audience: staff, leader, everyone'] : []),
    ...(use === 'prompt' ? ['role: vision, budget, collaboration, role-model'] : []),
    ...(use === 'item' || use === 'prompt' ? [`barrier: ${barriers.join(', ')}`] : []),
  ]
    .map((line) => `# ${line}\n`)
    .join('');

const roleWords: readonly (readonly [string, RegExp])[] = [
  ['vision', /\b(?:visi|arah|vision|direction)\b/iu],
  ['budget', /\b(?:anggaran|dana|pembiayaan|budget|funding)\b/iu],
  ['collaboration', /\b(?:kolaborasi|kerja sama|lintas unit|collaborat\w+|cooperation)\b/iu],
  ['role-model', /\b(?:role models?|teladan|contoh|by example|example)\b/iu],
];

const roleOf = (passage: string): string => {
  const own = passage.split('\n').at(-1) ?? '';
  const named = roleWords.filter(([, pattern]) => pattern.test(own));
  return named.length === 1 ? (named[0]?.[0] ?? '') : '';
};

const draftText = (
  documentId: string,
  { use, section, passage, page, aspect }: Idea,
  words: TipWords | undefined,
): string => {
  const cite = `${documentId}#${section}`;
  const shape = shapes[use](cite);
  const draft = {
    draft: true,
    ...(page === null ? {} : { page }),
    passage,
    id: '',
    aspect: aspect ?? '',
    ...shape,
    ...(use === 'prompt' ? { role: roleOf(passage) } : {}),
    ...(words === undefined ? {} : { worded: 'by a model', ...worded(words, cite) }),
  };
  const yaml = stringify(draft, {
    lineWidth: 0,
    blockQuote: 'literal',
    aliasDuplicateObjects: false,
  });
  const text = `${choices(use)}${yaml}`;
  return words === undefined
    ? fingerprinted(`# ${hints[use]}\n${text}`)
    : `# ${hints[use]}\n# ${modelHint}\n${text}`;
};

/** A first line tells the fingerprint of the rest; a model's words get none, for no later run would find them again. */
const fingerprinted = (text: string): string => `${beginning} ${digitsOf(text)}\n${text}`;

const beginning = '# Fingerprint of the untouched draft:';

/** Sixteen hex digits; the line ends of an editor or of Git are nobody's words and do not count. */
const digitsOf = (text: string): string =>
  createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex').slice(0, 16);

/**
 * True for a draft of which no letter has changed since it was made; any other one may hold somebody's words and is
 * theirs. `now` is what would stand in its place: an earlier version wrote the same without the first line.
 */
export const isUntouched = (text: string, now: string | null): boolean => {
  const [first = ''] = text.split('\n', 1);
  const rest = text.slice(first.length + 1);
  return (
    first.trimEnd() === `${beginning} ${digitsOf(rest)}` ||
    (now !== null && now === fingerprinted(text))
  );
};
