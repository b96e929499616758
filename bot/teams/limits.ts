/** What Microsoft Teams accepts, and where each figure comes from. */
import type { Capabilities } from '../../core/ports.ts';

/** Limits of one message; lengths in Unicode code points, sizes in bytes of UTF-8 JSON. */
export const teamsLimits = {
  /** Teams moves a seventh button into an overflow menu; the design guidelines for cards say six. */
  actionsPerSet: 6,
  /** Longest label beside others; longer ones get a row each, for clients cut what does not fit a row (own choice, no official figure). */
  labelInRow: 20,
  /**
   * A bot message may weigh about 100 KB in UTF-16 (learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages);
   * 25 KB of UTF-8 stays below it, and below the 28 KB of older connectors.
   */
  cardBytes: 25 * 1024,
  /** Longest single text block; no official figure, a phone shows about 1,000 on two screens. */
  text: 4_000,
  /** Toast and chat list show the summary; the same length as ChatMessage.text. */
  summary: 300,
  /** `maxLength` of the free comment: what a sealed ballot keeps (core/survey/ballot), so that nothing typed is cut later. */
  comment: 500,
  /** Lines of one Chart.Line that stay readable; the same as the other platform's safe figure. */
  series: 6,
} as const;

/**
 * Teams allows 50 requests a second per app and tenant
 * (learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit, answers/questions/1059876), "subject to change":
 * 35 a second with a burst of 40 leaves room for answers and first conversations.
 */
export const teamsCapabilities: Capabilities = { answersInDoor: true, rate: 35, burst: 40 };
