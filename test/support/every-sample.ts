/** Every message that the shipped content can become: each kind with each lesson or prompt, in both languages. */
import type { Catalogue } from '../../core/content/schema.ts';
import type { ChatMessage } from '../../core/conversation/message.ts';
import type { Platform } from '../../core/ports.ts';
import { previewData } from '../../functions/app/pages/preview-data.ts';
import { previewRules } from '../../functions/local/preview/rules.ts';
import { sampleAgency } from '../../functions/local/story/agency.ts';

export type NamedMessage = { readonly name: string; readonly message: ChatMessage };

/** The messages that a platform can show, each with a name that says where it comes from; throws for one that cannot be made. */
export const everySample = async (
  catalogue: Catalogue,
  platform: Platform,
): Promise<readonly NamedMessage[]> => {
  const { kinds, items, samples } = await previewData({
    live: {
      current: () => ({ catalogue, faults: [] }),
      following: false,
      subscribe: () => () => undefined,
    },
    agency: sampleAgency,
    viewer: { id: 'Uji', en: 'Test' },
    rules: previewRules,
    sent: async () => [],
    recalled: async () => new Set(),
    atRisk: () => new Map(),
    running: () => catalogue,
  }).contents();
  const [lesson] = items.filter(({ kind }) => kind === 'lesson');
  const [prompt] = items.filter(({ kind }) => kind === 'prompt');
  const made = kinds
    .filter(({ platforms }) => platforms.includes(platform))
    .flatMap((kind) => {
      const chosen = kind.of === null ? [undefined] : items.filter((item) => item.kind === kind.of);
      return chosen.map((item) => ({
        item,
        kind,
        wish: {
          kind,
          lesson: (kind.of === 'lesson' ? item?.id : lesson?.id) ?? '',
          prompt: (kind.of === 'prompt' ? item?.id : prompt?.id) ?? '',
        },
      }));
    });
  return made.flatMap(({ item, kind, wish }) =>
    samples(wish).map(({ language, variant, made: sample }) => {
      const name = [kind.id, item?.id, variant, language].filter(Boolean).join(' ');
      if ('fault' in sample) throw new Error(`${name} cannot be made: ${sample.fault}`);
      return { name, message: sample.message };
    }),
  );
};
