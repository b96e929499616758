/** What the preview page reads; functions implements it over the catalogue. */
import type { ChatMessage } from '../../core/conversation/message.ts';
import type { Text } from '../../core/language.ts';
import type { Platform } from '../../core/ports.ts';

/** How many rules of its platform a payload keeps, and which it breaks, in words. */
export type RuleReport = { readonly passed: number; readonly failed: readonly string[] };

export type PreviewData = {
  readonly viewer: () => Promise<Text>;
  /** One message of each kind in each language, made by the modules that make the real ones. */
  readonly samples: () => Promise<readonly ChatMessage[]>;
  /** The same check as in the studio's inspector. */
  readonly rules: (platform: Platform, payload: unknown) => RuleReport;
};
