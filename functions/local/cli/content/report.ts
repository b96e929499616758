/** What `langkah content check` says of content that can be read: coverage, items at risk, and the limits of both chats. */
import { coverage } from '../../../../core/content/checks/coverage.ts';
import type { Catalogue } from '../../../../core/content/schema.ts';
import { atRisk } from '../../../../core/content/source-lock.ts';
import type { ChatMessage } from '../../../../core/conversation/message.ts';
import type { Fault } from '../../../../core/errors.ts';
import type { platforms } from '../../../../core/ports.ts';
import type { Contents, Kind, Sample, Wish } from '../../../../web/preview/data.ts';
import { payloadOf } from '../../../../web/preview/payloads.ts';
import { previewData } from '../../../app/pages/preview-data.ts';
import { previewRules } from '../../preview/rules.ts';
import { sampleAgency } from '../../story/agency.ts';

export type ContentReport = {
  readonly lines: readonly string[];
  readonly faults: readonly Fault[];
  readonly figures: Readonly<Record<string, number>>;
};

/** Every message of both platforms and languages is drawn and held against its platform's limits. */
export const contentReport = async (catalogue: Catalogue): Promise<ContentReport> => {
  const covered = coverage(catalogue);
  const uncovered = covered.flatMap(({ document, promised, uncovered: ids }) =>
    promised ? ids.map((id) => `${document}#${id}`) : [],
  );
  const risks = [...atRisk(catalogue)];
  const { messages, faults } = await limitFaults(catalogue);
  return {
    lines: [
      ...covered.map(
        ({ document, sections, uncovered: ids, promised }) =>
          `coverage: ${document}, ${sections - ids.length} of ${sections} sections${promised ? '' : ', not promised in full'}`,
      ),
      ...uncovered.map((cite) => `uncovered: ${cite}`),
      ...risks.map(
        ([id, changed]) => `at risk: ${id}, changed or not approved: ${changed.join(', ')}`,
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

const limitFaults = async (
  catalogue: Catalogue,
): Promise<{ readonly messages: number; readonly faults: readonly Fault[] }> => {
  const contents = await contentsOf(catalogue);
  let messages = 0;
  const faults: Fault[] = [];
  for (const wish of contents.kinds.flatMap((kind) => wishes(contents, kind)))
    for (const sample of contents.samples(wish))
      for (const platform of wish.kind.platforms) {
        messages += 1;
        const broken = brokenRules(platform, sample);
        if (broken.length > 0) faults.push(faultOf(wish, sample, { platform, broken }));
      }
  return { messages, faults };
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

const brokenRules = (platform: (typeof platforms)[number], { made }: Sample): readonly string[] => {
  if ('fault' in made) return [made.fault];
  try {
    const payload = payloadOf[platform](made);
    const cut = cutTexts(payload, made.message).map((text) => `cut to "${text.slice(-40)}"`);
    return [...cut, ...previewRules(platform, payload).failed];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
};

/** Texts of a payload that its view had to cut: they end with an ellipsis that no text of the message has. */
const cutTexts = (payload: unknown, message: ChatMessage): readonly string[] => {
  const ends = (value: unknown) =>
    new Set(textsIn(value).filter((text) => text.trimEnd().endsWith('…')));
  const own = ends(message);
  return [...ends(payload)].filter((text) => !own.has(text));
};

const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
};

const faultOf = (
  { kind, lesson, prompt }: Wish,
  { language, variant }: Sample,
  { platform, broken }: { readonly platform: string; readonly broken: readonly string[] },
): Fault => {
  const item = { lesson: `lessons/${lesson}`, prompt: `prompts/${prompt}` };
  return {
    file: kind.of === null ? `content/messages ${kind.id}` : `content/${item[kind.of]}`,
    line: 0,
    what: `${kind.id} in ${platform}, ${language}${variant === null ? '' : `, ${variant}`}`,
    found: broken.join('; '),
    allowed: "every rule of the platform's messages",
  };
};
