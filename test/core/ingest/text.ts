/** A text as the reader of plain text sees it. */
import { recognise } from '../../../core/ingest/recognise.ts';
import { sectionsOf } from '../../../core/ingest/sections.ts';
import { textPieces } from '../../../core/ingest/text-lines.ts';

/** Reads lines as a plain-text file. */
export const readLines = (...lines: readonly string[]) => {
  const source = recognise({ title: null, pieces: textPieces(lines.join('\n')) });
  return { ...source, sections: sectionsOf(source) };
};
