/** The privacy notice: what people are told before they answer, under a version and a hash that tells it from any other. */
import { createHash } from 'node:crypto';
import { sayIn } from '../content/say.ts';
import type { Catalogue } from '../content/schema.ts';
import type { Language } from '../language.ts';

/** The editors' number, and the first sixteen hex digits of the SHA-256 of the words in both languages. */
export type PrivacyNotice = { readonly version: string; readonly hash: string };

/** The texts that make the notice; agency, letter and contact are filled in and are not part of the hash. */
const keys = [
  'privacy.version',
  'privacy.title',
  'privacy.text',
  'pulse.threshold',
  'pulse.mode.chat',
  'pulse.mode.web',
];

/** The notice as the catalogue words it; one changed letter is another hash. */
export const privacyNotice = (catalogue: Pick<Catalogue, 'messages'>): PrivacyNotice => {
  const texts = keys.map((key) => {
    const text = catalogue.messages.get(key);
    return [key, text?.id ?? null, text?.en ?? null];
  });
  const hash = createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 16);
  return { version: sayIn(catalogue, 'id')('privacy.version'), hash };
};

/** The line beside an invitation and a form that names the notice. */
export const privacyLine = (catalogue: Pick<Catalogue, 'messages'>, language: Language): string =>
  sayIn(catalogue, language)('privacy.line', privacyNotice(catalogue));
