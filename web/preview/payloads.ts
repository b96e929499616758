/** What a platform receives of a sample. */
import { slackMessage, slackModal, slackNoticeModal } from '../../bot/slack/view.ts';
import { teamsMessage } from '../../bot/teams/view.ts';
import type { Platform } from '../../core/ports.ts';
import type { Sample } from './data.ts';

/** A sample whose message could be made. */
export type Made = Extract<Sample['made'], { readonly message: unknown }>;

/** The platform's own JSON; throws where a view refuses the message. */
export const payloadOf: Readonly<Record<Platform, (made: Made) => unknown>> = {
  slack: ({ message, surface, close }) => {
    if (surface === 'form-answer') return slackNoticeModal(message, close);
    // One platform has its form in a window of its own, the other in the message.
    return surface === 'form' && message.form
      ? slackModal(message.form, { ticket: message.form.ticket })
      : slackMessage(message);
  },
  teams: ({ message }) => teamsMessage(message),
};

/** The product's own name for each platform; a name, not a logo. */
export const platformNames: Readonly<Record<Platform, string>> = { slack: 'Slack', teams: 'Teams' };
