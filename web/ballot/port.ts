/** What the ballot page is given: the form behind a link, and where answers go. */
import type { Form } from '../../core/conversation/message.ts';
import type { Language } from '../../core/language.ts';

/** What a link opens. */
export type Sheet =
  | {
      readonly state: 'open';
      readonly language: Language;
      readonly form: Form;
      /** The last day, in words. */
      readonly closesOn: string;
    }
  | { readonly state: 'closed'; readonly language: Language }
  | { readonly state: 'forged' };

/** Inputs as the browser sent them, by their names; what was left open is missing or empty. */
export type Inputs = ReadonlyMap<string, string>;

export type BallotPort = {
  readonly agency: string;
  /** The sheet of a link; `language` only where the reader chose one. */
  readonly sheet: (token: string, language: Language | null) => Sheet;
  /** `empty` when no input was answered: nothing is taken then. Throws when the answers could not be kept. */
  readonly submit: (
    token: string,
    inputs: Inputs,
  ) => Promise<'taken' | 'empty' | 'closed' | 'forged'>;
};
