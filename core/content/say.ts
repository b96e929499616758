/** A chat text by its key. */
import { fill, type Language } from '../language.ts';
import type { Catalogue } from './schema.ts';

/** Says the text of a key with its holes filled; an unknown key is a bug and throws. */
export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** The catalogue's chat texts in one language. */
export const sayIn =
  (catalogue: Pick<Catalogue, 'messages'>, language: Language): Say =>
  (key, values = {}) => {
    const text = catalogue.messages.get(key);
    if (text === undefined) throw new Error(`no message ${key}`);
    return fill(text[language], values);
  };
