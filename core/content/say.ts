/** A chat text by its key. */
import { fill, type Language } from '../language.ts';
import type { Catalogue } from './schema.ts';

/** The text of `key` in `language` with its holes filled; an unknown key is a bug and throws. */
export const say = (
  catalogue: Pick<Catalogue, 'messages'>,
  ...[language, key, values = {}]: [Language, string, Readonly<Record<string, string | number>>?]
): string => {
  const text = catalogue.messages.get(key);
  if (text === undefined) throw new Error(`no message ${key}`);
  return fill(text[language], values);
};
