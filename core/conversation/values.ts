/** What a button hands back: a short line that a door can read without a database. */
import { type Language, languages } from '../language.ts';

/** The pieces of an action's value, in order; none may contain the separator. */
const separator = '|';

/** `language|piece|piece`: every button says in which language its answer is to be. */
export const actionValue = (language: Language, ...pieces: readonly string[]): string =>
  [language, ...pieces].join(separator);

/** The language and the pieces of a value, or null when it is not one of ours. */
export const readActionValue = (
  value: string,
): { readonly language: Language; readonly pieces: readonly string[] } | null => {
  const [first, ...pieces] = value.split(separator);
  const language = languages.find((known) => known === first);
  return language === undefined ? null : { language, pieces };
};
