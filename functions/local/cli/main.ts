/** `npx langkah …`: what an operator does without a deploy. Exit code 0 = done, 2 = refused with reasons. */
import { CommanderError } from 'commander';
import { ConfigError, ConflictError, ContentError } from '../../../core/errors.ts';
import { createProgram } from './program.ts';

const fail = (lines: string): void => {
  console.error(lines);
  process.exitCode = 2;
};

try {
  const program = createProgram({
    env: process.env,
    now: () => new Date(),
    print: (line) => console.log(line),
  });
  await program.parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof ContentError) fail(error.message);
  else if (error instanceof ConfigError || error instanceof ConflictError)
    fail(`langkah: ${error.message}`);
  else throw error;
}
