/** A text as the reader of plain text sees it. */
import { recognise } from '../../../core/ingest/blocks/recognise.ts';
import { textPieces } from '../../../core/ingest/blocks/text-lines.ts';
import { sectionsOf } from '../../../core/ingest/register/sections.ts';

/** Reads lines as a plain-text file. */
export const readLines = (...lines: readonly string[]) => {
  const source = recognise({ title: null, pieces: textPieces(lines.join('\n')) });
  return { ...source, sections: sectionsOf(source) };
};
