/** The rules that a payload keeps or breaks, in the chat and in a window of its own. */
import type { Platform } from '../../../core/ports.ts';
import type { RuleReport } from '../../../web/preview/data.ts';
import { checkPayload } from '../chat/payload-rules.ts';
import { checkModal } from '../chat/slack/blocks/rules.ts';

/** The inspector's rules for messages; a modal keeps Slack's rules of views. */
export const previewRules = (platform: Platform, payload: unknown): RuleReport => {
  if (!isModal(payload)) return checkPayload(platform, payload);
  return checkModal(payload) === null
    ? { passed: 0, failed: ['modal'] }
    : { passed: 1, failed: [] };
};

const isModal = (payload: unknown): boolean =>
  typeof payload === 'object' && payload !== null && 'type' in payload && payload.type === 'modal';
