/** Plain text: the customs of core/ingest/blocks/text-lines.ts read it. */
import { textPieces } from '../../../../core/ingest/blocks/text-lines.ts';
import type { Reading } from '../../../../core/ingest/tree.ts';
import type { Input } from '../fault.ts';
import { decode } from './decode.ts';

/** The reading of a text file. */
export const readPlainText = ({ file, bytes }: Input): Reading => ({
  title: null,
  publisher: null,
  pieces: textPieces(decode(file, bytes)),
  warnings: [],
});
