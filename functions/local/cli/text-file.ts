/** Reading a file that was named on the command line. */
import { readFile } from 'node:fs/promises';
import { ConfigError } from '../../../core/errors.ts';

/** The text of a UTF-8 file; a missing or unreadable file, or another encoding, is a ConfigError. */
export const readText = async (
  file: string,
): Promise<{ readonly file: string; readonly text: string }> => {
  const bytes = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
    throw new ConfigError(`${file}: cannot be read (${cause.code ?? cause.message})`, { cause });
  });
  try {
    // The byte order mark stays: the CSV reader knows it.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { file, text };
  } catch (cause) {
    throw new ConfigError(`${file}: is not UTF-8; save it as "CSV UTF-8"`, { cause });
  }
};
