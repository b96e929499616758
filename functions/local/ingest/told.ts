/** What the command line says of a document, checked. */
import * as z from 'zod';
import { isDate } from '../../../core/calendar/zone.ts';
import { ConfigError } from '../../../core/errors.ts';
import { kinds, type Told } from '../../../core/ingest/register/about.ts';
import { languages } from '../../../core/language.ts';

/** The options as typed. */
export type IngestOptions = {
  readonly id?: string;
  readonly title?: string;
  readonly publisher?: string;
  readonly kind?: string;
  readonly licence?: string;
  readonly date?: string;
  readonly url?: string;
  readonly language?: string;
  readonly quotable?: boolean;
  readonly allDrafts?: boolean;
  readonly wording?: boolean;
  readonly out?: string;
  readonly dryRun?: boolean;
};

const words = z.string().trim().min(1, 'a text');

const optionsSchema = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/, 'lower-case letters, digits and hyphens'),
  title: words,
  publisher: words,
  kind: z.enum(kinds, `one of: ${kinds.join(', ')}`),
  licence: words,
  date: z.string().refine(isDate, 'a date YYYY-MM-DD'),
  url: z.url({ protocol: /^https?$/, error: 'an address http://… or https://…' }),
  language: z.enum(languages, `one of: ${languages.join(', ')}`),
  quotable: z.boolean(),
});

/** Options that describe one document and so cannot describe several. */
const single = ['id', 'title', 'date', 'url'] as const;

/** Every wrong option is one ConfigError; `count` is the number of files. */
export const readTold = (
  options: IngestOptions,
  count: number,
): { readonly id: string | null; readonly told: Told } => {
  const parsed = optionsSchema.partial().safeParse(options);
  const wrong = (parsed.error?.issues ?? []).map(({ path: [name], message }) => {
    const found = JSON.stringify(options[name as keyof IngestOptions]);
    return `--${String(name)}: found ${found}, allowed ${message}`;
  });
  const several = single.filter((name) => count > 1 && options[name] !== undefined);
  wrong.push(...several.map((name) => `--${name}: found ${count} files, allowed one`));
  if (wrong.length > 0 || parsed.data === undefined) throw new ConfigError(wrong.join('; '));
  const { id = null, ...told } = parsed.data;
  return { id, told: told as Told };
};
