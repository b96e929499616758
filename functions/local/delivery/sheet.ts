/** Where a CSV goes: a file that appears whole or not at all, or standard output. */
import { open, rename, rm } from 'node:fs/promises';
import { ConfigError } from '../../../core/errors.ts';
import type { Shell } from '../cli/shell.ts';
import { byteOrderMark } from './csv.ts';

/** A file, or `-` for standard output; `bom`: begin with a byte order mark. */
export type Target = { readonly file: string; readonly bom: boolean };

/** Adds text that ends with a line end. */
type Write = (text: string) => Promise<void>;

/**
 * Lets `work` write the sheet; what it returns says what the sheet holds, and is printed unless the sheet itself is. A
 * file that cannot be written is a ConfigError.
 */
export const writeSheet = async (
  shell: Shell,
  target: Target,
  work: (write: Write) => Promise<string>,
): Promise<void> => {
  const mark = target.bom ? byteOrderMark : '';
  if (target.file === '-') {
    let begun = false;
    await work(async (text) => {
      // Printing adds the last line feed itself.
      shell.print(`${begun ? '' : mark}${text.replace(/\n$/, '')}`);
      begun = true;
    });
    return;
  }
  const holds = await intoFile(target.file, async (write) => {
    await write(mark);
    return work(write);
  });
  shell.print(`${target.file}: ${holds}`);
};

/** The file gets its name when all of it is written. */
const intoFile = async (path: string, work: (write: Write) => Promise<string>): Promise<string> => {
  const draft = `${path}.${process.pid}.part`;
  const refuse = (cause: NodeJS.ErrnoException): never => {
    throw new ConfigError(`--csv: ${path} cannot be written (${cause.code ?? cause.message})`, {
      cause,
    });
  };
  // Names of people may stand in it: nobody else reads it.
  const file = await open(draft, 'wx', 0o600).catch(refuse);
  try {
    const holds = await work(async (text) => {
      await file.write(text);
    }).finally(() => file.close());
    await rename(draft, path).catch(refuse);
    return holds;
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
};
