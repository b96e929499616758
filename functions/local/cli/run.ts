/** One command line: what it came to as an exit code, 0 = done, 2 = refused with reasons. */
import { CommanderError } from 'commander';
import { ConfigError, ConflictError, ContentError } from '../../../core/errors.ts';
import { createProgram } from './program.ts';
import type { Shell } from './shell.ts';

/** Runs the arguments after the command's name; throws only what nobody foresaw. */
export const run = async (args: readonly string[], shell: Shell): Promise<number> => {
  try {
    await createProgram(shell).parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof ContentError) shell.complain(error.message);
    else if (error instanceof ConfigError || error instanceof ConflictError)
      shell.complain(`langkah: ${error.message}`);
    else throw error;
    return 2;
  }
};
