/** Text made harmless for a card: what people or files wrote is shown, never obeyed. */
import { clip } from '../../core/conversation/clip.ts';
import { printable } from '../../core/conversation/printable.ts';

/** Text for a place that reads no markup, at most `limit` code points; never empty, for a button needs a name. */
export const plain = (text: string, limit: number): string => clip(printable(text), limit) || '–';

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
