/** What Slack accepts, and where each figure comes from. */
import type { Capabilities } from '../../core/ports.ts';

/** The Web API of the commercial cloud. */
export const slackApiUrl = 'https://slack.com/api/';

/**
 * Limits of Block Kit, lengths in Unicode code points (docs.slack.dev/reference/block-kit, the page of each
 * block and element; docs.slack.dev/reference/views for modals).
 */
export const slackLimits = {
  /** Blocks of one message, and of one view: a modal or a Home. */
  messageBlocks: 50,
  viewBlocks: 100,
  /** A text object, and so a section's text and a context element. */
  text: 3000,
  /** The plain `text` of a message: what a notification shows and a screen reader says, by our own rule. */
  toast: 300,
  header: 150,
  fields: 10,
  field: 2000,
  contextElements: 10,
  actionElements: 25,
  buttonText: 75,
  buttonValue: 2000,
  buttonUrl: 3000,
  blockId: 255,
  /** A select's words while nothing is chosen, and its options. */
  placeholder: 150,
  selectOptions: 100,
  optionText: 75,
  optionValue: 150,
  /** Options of one group of radio buttons. */
  radioOptions: 10,
  label: 2000,
  hint: 2000,
  /** Longest free comment: what a ballot keeps (commentLimit of core/survey/ballot); the platform would take 3,000. */
  comment: 500,
  modalTitle: 24,
  modalButton: 24,
  privateMetadata: 3000,
  /** Top-level `text` of a message is cut by Slack above this (docs.slack.dev/changelog/2018-04-truncating-really-long-messages). */
  fallbackText: 40_000,
  /**
   * Of the data_visualization block (docs.slack.dev/reference/block-kit/blocks/data-visualization-block): Slack's page
   * names 6 series, other published tables 12; the smaller figure is accepted under both.
   */
  chartTitle: 50,
  chartSeries: 6,
  chartPoints: 20,
  chartLabel: 20,
  /** Charts of one message. */
  charts: 2,
  /** Seconds after the press in which its trigger may open a modal (docs.slack.dev/interactivity/handling-user-interaction). */
  triggerSeconds: 3,
  /** Of a response URL: minutes it lives and times it may be used (same page). */
  responseMinutes: 30,
  responseUses: 5,
} as const;

/**
 * chat.postMessage: "several hundred messages per minute" a workspace, with short bursts tolerated
 * (docs.slack.dev/apis/web-api/rate-limits). 8 a second is 480 a minute; a 429 slows the lane further.
 */
export const slackCapabilities: Capabilities = { answersInDoor: false, rate: 8, burst: 20 };
