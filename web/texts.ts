/** The pages' own words; chat texts come with the data. */
import { fill, type Language } from '../core/language.ts';
import en from './texts/en.json' with { type: 'json' };
import id from './texts/id.json' with { type: 'json' };

type TextKey = keyof typeof id;

/** Says a page text with its holes filled. */
export type PageSay = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

// The annotation makes a key missing in English an error of the compiler.
const texts: Readonly<Record<Language, Readonly<Record<TextKey, string>>>> = { id, en };

/** The pages' texts in one language. */
export const textsIn =
  (language: Language): PageSay =>
  (key, values = {}) =>
    fill(texts[language][key], values);
