/** Text made harmless for Slack: what people or files wrote is shown, never obeyed. */
import type { PlainTextElement } from '@slack/types';
import { clip, codePoints } from '../../core/conversation/clip.ts';
import { printable } from '../../core/conversation/printable.ts';
import { withSlashCommand } from './home/words.ts';

/** A plain_text object of at most `limit` code points: Slack reads no markup, mention or link in it. */
export const plain = (text: string, limit: number): PlainTextElement => ({
  type: 'plain_text',
  text: clip(withSlashCommand(printable(text)), limit) || '–',
  emoji: false,
});

/** Text for a place that reads mrkdwn, at most `limit` code points after escaping. */
export const clean = (text: string, limit: number): string => {
  const whole = withSlashCommand(printable(text));
  let room = limit;
  let cleaned = escapeMarkup(clip(whole, room));
  while (codePoints(cleaned) > limit && room > 0) {
    // Escaping makes a character at most five long, so that a fifth of the excess never cuts too much.
    room -= Math.ceil((codePoints(cleaned) - limit) / 5);
    cleaned = escapeMarkup(clip(whole, Math.max(0, room)));
  }
  return cleaned || '–';
};

/**
 * Escapes & < > (docs.slack.dev/messaging/formatting-message-text: those three make mentions and links) and replaces
 * the marks of bold, italics, strike, code, quotes and emoji names by characters that look alike.
 */
const escapeMarkup = (text: string): string =>
  text
    .replace(/^>/gm, '›')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('`', 'ˋ')
    .replaceAll('*', '∗')
    .replaceAll('~', '∼')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, 'ˍ')
    .replace(/:(?=[\w+'-]+:)/g, '∶');
