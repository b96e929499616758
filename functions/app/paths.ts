/** Where the chats call us. */

/** What Slack posts: events, presses, commands, submitted forms. */
export const slackPath = '/slack/events';

/** What Teams posts: activities. */
export const teamsPath = '/teams/messages';
