import { describe, expect, it } from 'vitest';
import { languages } from '../../../core/language.ts';
import { shippedCatalogue } from '../../support/teams/messages.ts';

const { messages } = await shippedCatalogue();

/** What "data saya" lists, each by its own words: without holes, counts and the words around them. */
const named = (line: string): readonly string[] =>
  line
    .slice(line.indexOf(':') + 1)
    .replaceAll(/\s*\(\{\w+\}\)/gu, '')
    .split(/,? (?:and|dan) |, |\./u)
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** How the welcome words what "data saya" counts. */
const counted = {
  id: ['tiap kiriman beserta waktu dan hasilnya', 'hasil uji diri', 'pilihan seperti'],
  en: ['each message with its time and outcome', 'self-check results', 'choices such as'],
} as const;

describe('the welcome', () => {
  it.each(languages)('welcome names whatever "data saya" names (%s)', (language) => {
    const welcome = messages.get('welcome.stored')?.[language] ?? '';
    const mine = messages.get('answer.my-data.text')?.[language] ?? '';
    const [kept = '', also = ''] = mine.split('\n');
    const things = named(kept);
    expect(things.length).toBeGreaterThan(9);
    expect(things.filter((thing) => !welcome.includes(thing))).toEqual([]);
    // Tips with their outcomes, self-checks, choices: a fourth thing counted there is to be named here as well.
    expect(also.split(/, (?!kapan |when )/u)).toHaveLength(3);
    for (const words of counted[language]) expect(welcome).toContain(words);
  });
});
