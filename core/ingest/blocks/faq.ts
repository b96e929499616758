/** Questions with their answers: below a FAQ heading, or written as "Tanya: … Jawab: …". */
import type { Block, Faq, Paragraph } from '../tree.ts';
import { textOf } from '../tree.ts';

const faqHeading =
  /^(?:[\d.A-Z]+[.)]?\s+)?(?:faq\b|tanya[ -]jawab|pertanyaan\s+(?:umum|yang\s+(?:sering|kerap))|frequently asked|questions and answers|q\s?&\s?a\b)/iu;
const asked = /^(?:tanya|pertanyaan|question|q|t)\s*\d*\s*[:.)]\s*(\S.*)$/isu;
const answered = /^(?:jawab|jawaban|answer|a|j)\s*[:.)]\s*(\S.*)$/isu;

/** The level of the FAQ heading that a block stands below; null outside. */
type Inside = number | null;

/** Makes one block of each question and what answers it. */
export const gatherQuestions = (blocks: readonly Block[]): readonly Block[] => {
  const out: Block[] = [];
  let inside: Inside = null;
  for (let at = 0; at < blocks.length; ) {
    const block = blocks[at];
    if (block === undefined) break;
    if (block.kind === 'heading' && !isQuestion(block)) inside = insideOf(block, inside);
    const taken = questionAt(blocks, at, inside !== null);
    out.push(...(taken?.made ?? [block]));
    at += taken?.length ?? 1;
  }
  return out;
};

const insideOf = (block: Block & { readonly kind: 'heading' }, inside: Inside): Inside => {
  if (faqHeading.test(block.text)) return block.level;
  return inside !== null && block.level > inside ? inside : null;
};

const isQuestion = (block: Block | undefined): boolean =>
  (block?.kind === 'heading' || block?.kind === 'paragraph') &&
  questionText(block.text).endsWith('?');

/** A question without its label and number. */
const questionText = (text: string): string =>
  (asked.exec(text)?.[1] ?? text).replace(/^\d+[.)]\s+/, '').trim();

type Taken = { readonly made: readonly Block[]; readonly length: number };

const questionAt = (blocks: readonly Block[], at: number, inside: boolean): Taken | null => {
  const block = blocks[at];
  if (block === undefined) return null;
  const split = inside ? questionsOfList(blocks, at) : null;
  if (split !== null) return split;
  if (block.kind !== 'heading' && block.kind !== 'paragraph') return null;
  const labelled = asked.test(block.text) && isAnswer(blocks[at + 1]);
  if (!labelled && !(inside && isQuestion(block))) return null;
  const answer = answerAfter(blocks, at, labelled && !inside);
  if (answer.length === 0) return null;
  const [first, ...rest] = answer.map(textOf);
  const text = [(first ?? '').replace(answered, '$1'), ...rest].join('\n');
  const { page, line } = block;
  const made: Faq = { kind: 'faq', question: questionText(block.text), answer: text, page, line };
  return { made: [made], length: 1 + answer.length };
};

const isAnswer = (block: Block | undefined): block is Paragraph =>
  block?.kind === 'paragraph' && answered.test(block.text);

/** What stands between a question and the next question or heading; `one` = only the labelled answer. */
const answerAfter = (blocks: readonly Block[], at: number, one: boolean): readonly Block[] => {
  const rest = blocks.slice(at + 1, one ? at + 2 : undefined);
  const end = rest.findIndex(
    (block) => block.kind === 'heading' || block.kind === 'faq' || isQuestion(block),
  );
  return end === -1 ? rest : rest.slice(0, end);
};

/** `1. Question?` as the only item of a list, its answer below or behind the question mark. */
const questionsOfList = (blocks: readonly Block[], at: number): Taken | null => {
  const list = blocks[at];
  if (list?.kind !== 'list' || !list.items.every(({ text }) => text.includes('?'))) return null;
  const { page, line } = list;
  const pairs = list.items.map(({ text }) => /^([^?]+\?)\s*(.*)$/su.exec(text));
  if (pairs.every((pair) => pair !== null && pair[2] !== '')) {
    return {
      made: pairs.map((pair) => ({
        kind: 'faq',
        question: pair?.[1] ?? '',
        answer: pair?.[2] ?? '',
        page,
        line,
      })),
      length: 1,
    };
  }
  const answer = answerAfter(blocks, at, false).filter(({ kind }) => kind === 'paragraph');
  const [item] = list.items;
  if (list.items.length !== 1 || item === undefined || answer.length === 0) return null;
  const question = item.text;
  const text = answer.map(textOf).join('\n');
  return { made: [{ kind: 'faq', question, answer: text, page, line }], length: 1 + answer.length };
};
