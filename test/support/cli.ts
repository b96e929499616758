/** `langkah …` in this process, in an environment of its own. */
import { run } from '../../functions/local/cli/run.ts';

export type Printed = { readonly code: number; readonly out: string; readonly err: string };

/** Early on 26 November 2026 in Jakarta. */
const now = new Date('2026-11-25T20:00:00Z');

/** The exit code, and the lines of both streams. */
export const langkahIn = async (
  env: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<Printed> => {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(args, {
    env,
    now: () => now,
    print: (line) => void out.push(line),
    complain: (line) => void err.push(line),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
};
