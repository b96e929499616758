/** Text made harmless for a card: what people or files wrote is shown, never obeyed. */
import { printable } from '../../core/conversation/printable.ts';

/**
 * Plain text inside the card's Markdown subset (bold, italic, lists, links): marks lose their meaning, letters stay.
 * Parentheses matter only after a bracket, and brackets are escaped; a lone line break would be swallowed.
 */
export const escapeMarkdown = (text: string): string =>
  printable(text)
    .replace(/[\\`*_[\]]|<(?=[a-z/!?])|&(?=#?\w+;)/gi, '\\$&')
    .replace(/^(\s*)([-+#>])(?=\s)/gm, '$1\\$2')
    .replace(/^(\s*\d+)([.)])(?=\s)/gm, '$1\\$2')
    .replace(/\s*\n\s*/g, '\n\n');
