/** What may be asked of a bench on the command line: how large, how often, and the long form. */
import { parseArgs } from 'node:util';
import { ConfigError } from '../core/errors.ts';

export type Wishes = {
  /** How often a measurement is taken; null = the bench's own number. */
  readonly repeats: number | null;
  /** People, rows or messages; null = the bench's own number. */
  readonly size: number | null;
  /** Every peer in full and every long run. */
  readonly full: boolean;
};

/** Reads `NAME [--repeats N] [--size N] [--full]`; throws ConfigError for anything else. */
export const readWishes = (
  words: readonly string[],
): { readonly name: string; readonly wishes: Wishes } => {
  const { values, positionals } = parsed(words);
  return {
    name: positionals.join(' '),
    wishes: {
      repeats: whole('--repeats', values.repeats),
      size: whole('--size', values.size),
      full: values.full,
    },
  };
};

const parsed = (words: readonly string[]) => {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        repeats: { type: 'string' },
        size: { type: 'string' },
        full: { type: 'boolean', default: false },
      },
    });
  } catch (cause) {
    throw new ConfigError(`bench: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
};

const whole = (option: string, text: string | undefined): number | null => {
  if (text === undefined) return null;
  if (!/^[1-9]\d{0,6}$/.test(text))
    throw new ConfigError(`bench: ${option} found "${text}", allowed whole numbers from 1`);
  return Number(text);
};
