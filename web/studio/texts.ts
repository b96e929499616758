/** The words the studio's island needs, in the page's language. */
import type { Language } from '../../core/language.ts';
import type { Page } from '../site.ts';

/** Texts of the island by short names; `language` decides its dates and numbers. */
export type IslandTexts = Readonly<Record<IslandKey, string>> & { readonly language: Language };

const keys = [
  'empty',
  'home.empty',
  'inspect',
  'inspect.none',
  'why',
  'toast',
  'rules',
  'rules.passed',
  'rules.failed',
  'json',
  'copy',
  'copied',
  'failed',
  'offline',
  'cancel',
  'close',
  'timeline.empty',
  'unknown-block',
  'to-hr',
  'to-leader',
] as const;

type IslandKey = (typeof keys)[number];

/** The island's texts; none of them has a hole. */
export const islandTexts = (page: Page): IslandTexts => ({
  language: page.language,
  ...(Object.fromEntries(keys.map((key) => [key, page.say(`studio.${key}`)])) as Record<
    IslandKey,
    string
  >),
});
