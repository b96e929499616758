/** Where the chats call us, and how much they may bring. */

/** What Slack posts: events, presses, commands, submitted forms. */
export const slackPath = '/slack/events';

/** What Teams posts: activities. */
export const teamsPath = '/teams/messages';

/**
 * The most bytes that a door takes: whoever sends is known only once all of it has been read. A person's message of
 * 40,000 characters, told twice as Slack tells it and each escaped to twelve bytes, is 960 KB; what Teams sends is less.
 */
export const doorBytes = 1024 * 1024;
