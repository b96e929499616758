/** What an operator reads after taking in a document. */

import { emptyLists } from '../../../core/ingest/blocks/recognise.ts';
import { uses } from '../../../core/ingest/ideas.ts';
import { sectionsOf } from '../../../core/ingest/register/sections.ts';
import { missingArticles } from '../../../core/ingest/regulation.ts';
import type { Block, Warning } from '../../../core/ingest/tree.ts';
import type { Plan } from './plan.ts';

/** Lines printed of each list. */
const most = 30;

/** The report's lines. */
export const reportOf = (plan: Plan, dryRun: boolean): readonly string[] => [
  ...headOf(plan),
  ...sectionLines(plan),
  ...list('empty lists', emptyLines(plan)),
  ...list('articles not found, perhaps misread', missingLines(plan)),
  ...list('warnings', plan.document.warnings.map(warningLine)),
  ...list(
    'drafts kept because somebody wrote in them, or may have; their passage may have changed',
    plan.kept,
  ),
  ...list("drafts left empty: the model's words were refused", plan.refused),
  ...writtenLines(plan, dryRun),
];

const headOf = (plan: Plan): readonly string[] => {
  const { document, about, registered, ideas } = plan;
  const count = (kind: Block['kind']): number =>
    document.blocks.filter((block) => block.kind === kind).length;
  const drafts = uses
    .map((use) => `${ideas.filter((idea) => idea.use === use).length} ${use}`)
    .join(', ');
  return [
    `${document.file}: "${about.title}"`,
    `  ${about.kind}, language ${about.language}, ${registered.sections.length} sections, ${count('table')} tables, ${count('list')} lists, ${count('faq')} questions`,
    ...foundLines(plan),
    `  ${about.quotable ? 'its text is kept and may be quoted' : 'fingerprints only: its text is cited, never quoted'}`,
    `  drafts: ${drafts}`,
  ];
};

/** A kind or a licence that is wrong becomes a false word to every reader of a tip. */
const foundLines = ({ about, unconfirmed }: Plan): readonly string[] =>
  unconfirmed.map((field) => {
    const value = field === 'kind' ? `${about.kind} (${about.kindLabel.id})` : about.licence;
    return `  found, please check: ${field} ${JSON.stringify(value)}; --${field} says another`;
  });

const sectionLines = ({ registered, known }: Plan): readonly string[] => {
  const { sections, changes } = registered;
  if (!known) {
    const lines = sections.map(({ id, title, page }) => `${id}${pageOf(page)}: ${title}`);
    return list('sections', lines);
  }
  return [
    `  unchanged sections: ${changes.same.length}`,
    ...list('changed sections', changes.changed),
    ...list('new sections', changes.appeared),
    ...list(
      'sections no longer in the document (kept; what cites them is at risk)',
      changes.vanished,
    ),
  ];
};

const pageOf = (page: number | null): string => (page === null ? '' : ` (page ${page})`);

const emptyLines = ({ document, registered }: Plan): readonly string[] =>
  emptyLists(document.blocks).map((block) => {
    const section = registered.sections.find(({ blocks }) => blocks.includes(block));
    const sentence = block.text.split(/(?<=[.!?])\s+/u).at(-1) ?? block.text;
    return `${section?.id ?? '?'}: "${sentence}" announces a list and gives none`;
  });

/** By the document's own headings, whatever the register calls them. */
const missingLines = ({ document }: Plan): readonly string[] =>
  document.regulation
    ? missingArticles(sectionsOf(document).map(({ id }) => id)).map((number) => `${number}`)
    : [];

const warningLine = ({ page, line, what, found }: Warning): string => {
  const place = [page === null ? '' : `page ${page}`, line === null ? '' : `line ${line}`]
    .filter((part) => part !== '')
    .join(', ');
  return `${place === '' ? '' : `${place}: `}${what}: ${JSON.stringify(found)}`;
};

const list = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0
    ? []
    : [
        `  ${title}: ${lines.length}`,
        ...lines.slice(0, most).map((line) => `    ${line}`),
        ...(lines.length > most ? [`    … and ${lines.length - most} more`] : []),
      ];

const writtenLines = ({ changes, id }: Plan, dryRun: boolean): readonly string[] => {
  const written = changes.filter(({ text }) => text !== null);
  const drafts = written.filter(({ path }) => path.startsWith('drafts/')).length;
  const removed = changes.length - written.length;
  const entry = written.some(({ path }) => path.startsWith('documents/'));
  const parts = [
    ...(entry ? [`documents/${id}.yaml`] : []),
    ...(drafts > 0 ? [`${drafts} drafts in drafts/${id}`] : []),
    ...(removed > 0 ? [`${removed} stale drafts removed`] : []),
  ];
  const verb = dryRun ? 'would write' : 'writes';
  return [`  ${verb}: ${parts.length === 0 ? 'nothing, all as it was' : parts.join(', ')}`];
};
