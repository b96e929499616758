/** Reading a file that was named on the command line. */
import { readFile } from 'node:fs/promises';
import { ConfigError } from '../../../core/errors.ts';
import { wrongByte } from '../../app/utf8.ts';

/** The text of a UTF-8 file; a missing or unreadable file, or another encoding, is a ConfigError. */
export const readText = async (
  file: string,
): Promise<{ readonly file: string; readonly text: string }> => {
  const bytes = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
    throw new ConfigError(`${file}: cannot be read (${cause.code ?? cause.message})`, { cause });
  });
  const wrong = wrongByte(bytes);
  if (wrong !== null)
    throw new ConfigError(
      `${file}:${wrong.line}: is not UTF-8 (${wrong.found}); save it as "CSV UTF-8"`,
    );
  // The byte order mark stays: the CSV reader knows it.
  return { file, text: bytes.toString('utf8') };
};
