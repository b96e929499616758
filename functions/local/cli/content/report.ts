/** What `langkah content check` says of content that can be read: coverage, items at risk, and the limits of both chats. */
import { coverage } from '../../../../core/content/checks/coverage.ts';
import { lostQuotes } from '../../../../core/content/checks/sources.ts';
import type { Catalogue, ContentFile } from '../../../../core/content/schema.ts';
import { atRisk, lockedItems } from '../../../../core/content/source-lock.ts';
import type { Fault } from '../../../../core/errors.ts';
import type { Contents, Kind, Wish } from '../../../../web/preview/data.ts';
import { payloadOf } from '../../../../web/preview/payloads.ts';
import { previewData } from '../../../app/pages/preview-data.ts';
import { previewRules } from '../../preview/rules.ts';
import { sampleAgency } from '../../story/agency.ts';
import { cutsOf } from './cut-texts.ts';
import { type Drawn, type FoundFaults, foundFaults } from './found-faults.ts';

export type ContentReport = {
  readonly lines: readonly string[];
  readonly faults: readonly Fault[];
  readonly figures: Readonly<Record<string, number>>;
};

/** Every message of both platforms and languages is drawn and held against its platform's limits. */
export const contentReport = async (
  catalogue: Catalogue,
  files: readonly ContentFile[],
): Promise<ContentReport> => {
  const covered = coverage(catalogue);
  const uncovered = covered.flatMap(({ document, promised, uncovered: ids }) =>
    promised ? ids.map((id) => `${document}#${id}`) : [],
  );
  const risks = [...atRisk(catalogue)];
  const { messages, faults } = await limitFaults(catalogue, files);
  return {
    lines: [
      ...covered.map(
        ({ document, sections, uncovered: ids, promised }) =>
          `coverage: ${document}, ${sections - ids.length} of ${sections} sections${promised ? '' : ', not promised in full'}`,
      ),
      ...uncovered.map((cite) => `uncovered: ${cite}`),
      ...risks.map(([id, changed]) => riskLine(catalogue, id, changed)),
      ...unplanned(catalogue).map(
        (id) => `not in the programme: ${id}, sent to nobody until it stands in its order`,
      ),
      `limits: ${messages} messages drawn`,
    ],
    faults,
    figures: {
      lessons: catalogue.lessons.size,
      items: catalogue.survey.items.length,
      prompts: catalogue.prompts.size,
      documents: catalogue.documents.size,
      sectionsUncovered: uncovered.length,
      atRisk: risks.length,
      messages,
    },
  };
};

const riskLine = (catalogue: Catalogue, id: string, changed: readonly string[]): string => {
  const { documents, lessons } = catalogue;
  const approved = lockedItems(catalogue).some(
    (item) => item.id === id && item.approval.role !== '',
  );
  if (!approved) return `not approved: ${id}, sent to nobody until langkah content approve ${id}`;
  const lesson = lessons.get(id);
  const lost = lesson === undefined ? [] : lostQuotes(documents, lesson);
  const quote = lost.length === 0 ? '' : `; quote no longer found in ${lost.join(', ')}`;
  return `at risk: ${id}, changed or not approved: ${changed.join(', ')}${quote}`;
};

/** Tips and prompts that no order of the programme names. */
const unplanned = ({ lessons, prompts, programme }: Catalogue): readonly string[] => [
  ...[...lessons.keys()].filter((id) => !programme.lesson.order.includes(id)),
  ...[...prompts.keys()].filter((id) => !programme.leader.order.includes(id)),
];

type Limits = { readonly messages: number; readonly faults: readonly Fault[] };

const limitFaults = async (
  catalogue: Catalogue,
  files: readonly ContentFile[],
): Promise<Limits> => {
  const found = foundFaults(files);
  let messages = 0;
  for (const [at, form] of everyForm(catalogue).entries()) {
    const contents = await contentsOf(form);
    const kinds = contents.kinds.filter(({ group }) => at === 0 || group === 'pulse');
    for (const wish of kinds.flatMap((kind) => wishes(contents, kind)))
      for (const sample of contents.samples(wish))
        for (const platform of wish.kind.platforms) {
          messages += 1;
          addBroken(found, { wish, sample, platform });
        }
  }
  return { messages, faults: found.all() };
};

/** Rotating items of one form. */
const perForm = 5;

/** The catalogue with each of its waves as the only one, and the items that no wave asks in waves of their own. */
const everyForm = (catalogue: Catalogue): readonly Catalogue[] => {
  const { programme, survey } = catalogue;
  const asked = new Set(programme.waves.flatMap(({ rotating }) => rotating));
  const rest = survey.items
    .filter(({ id, role }) => role === 'condition' && !asked.has(id))
    .map(({ id }) => id);
  const more = programme.waves.slice(0, 1).flatMap((wave) =>
    Array.from({ length: Math.ceil(rest.length / perForm) }, (_, at) => ({
      ...wave,
      rotating: rest.slice(at * perForm, (at + 1) * perForm),
    })),
  );
  return [...programme.waves, ...more].map((wave) => ({
    ...catalogue,
    programme: { ...programme, waves: [wave] },
  }));
};

const contentsOf = (catalogue: Catalogue): Promise<Contents> =>
  previewData({
    live: {
      current: () => ({ catalogue, faults: [] }),
      following: false,
      subscribe: () => () => undefined,
    },
    agency: sampleAgency,
    viewer: { id: '', en: '' },
    rules: previewRules,
    sent: async () => [],
    recalled: async () => new Set(),
    atRisk,
    running: () => catalogue,
  }).contents();

const wishes = ({ items }: Contents, kind: Kind): readonly Wish[] => {
  const first = (of: 'lesson' | 'prompt') => items.find((item) => item.kind === of)?.id ?? '';
  const wish = { kind, lesson: first('lesson'), prompt: first('prompt') };
  return kind.of === null
    ? [wish]
    : items.flatMap((item) => (item.kind === kind.of ? [{ ...wish, [item.kind]: item.id }] : []));
};

/** Adds what a chat would cut or refuse of a message. */
const addBroken = (found: FoundFaults, drawn: Drawn): void => {
  const { made } = drawn.sample;
  if ('fault' in made) {
    found.addRule(drawn, made.fault);
    return;
  }
  try {
    const payload = payloadOf[drawn.platform](made);
    for (const cut of cutsOf(payload, made.message)) found.addCut(drawn, cut);
    for (const rule of previewRules(drawn.platform, payload).failed) found.addRule(drawn, rule);
  } catch (error) {
    found.addRule(drawn, error instanceof Error ? error.message : String(error));
  }
};
