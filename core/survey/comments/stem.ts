/**
 * A small stemmer for Indonesian without a dictionary: affixes are taken off in the order of F. Z. Tala, "A Study of
 * Stemming Effects on Information Retrieval in Bahasa Indonesia" (2003), as long as two syllables stay.
 */

/** The stem of a lower-case word, so that "pelatihan", "melatih" and "dilatih" meet; other words stay as they are. */
export const stem = (word: string): string => {
  const bare = withoutEnding(withoutEnding(word, particles), possessives);
  const first = withoutPrefix(bare, outer);
  // Behind "me-" and its like the suffix belongs to the whole verb; "ber-" and its like tell which suffix it can be.
  if (first.rest !== bare)
    return withoutPrefix(withoutEnding(first.rest, first.suffixes), inner).rest;
  const second = withoutPrefix(bare, inner);
  return withoutEnding(second.rest, second.suffixes);
};

const particles = [/kah$/, /lah$/, /pun$/];
const possessives = [/nya$/, /ku$/, /mu$/];

/** "pakai", "nilai", "melalui": an i after a vowel belongs to the word. */
const verbal = [/kan$/, /(?<![aeou])i$/];
const nominal = [/an$/];
const either = [/kan$/, /an$/, /(?<![aeou])i$/];

/** What a prefix begins with, what it had swallowed, and the suffixes that go with it. */
type Prefix = readonly [prefix: RegExp, restored: string, suffixes: readonly RegExp[]];

const agents: readonly Prefix[] = [
  [/^peny(?=[aiueo])/, 's', nominal],
  [/^peng/, '', nominal],
  [/^pen(?=[aiueo])/, 't', nominal],
  [/^pen/, '', nominal],
  [/^pem(?=[aiueo])/, 'p', nominal],
  [/^pem/, '', nominal],
];

const outer: readonly Prefix[] = [
  [/^meny(?=[aiueo])/, 's', verbal],
  [/^meng/, '', verbal],
  [/^men(?=[aiueo])/, 't', verbal],
  [/^men/, '', verbal],
  [/^mem(?=[aiueo])/, 'p', verbal],
  [/^mem/, '', verbal],
  [/^me/, '', verbal],
  ...agents,
  [/^di/, '', verbal],
  [/^ter/, '', verbal],
  [/^ke/, '', nominal],
];

const inner: readonly Prefix[] = [
  [/^ber/, '', either],
  [/^bel(?=ajar)/, '', either],
  [/^be(?=[^aiueo]er)/, '', either],
  [/^per/, '', either],
  [/^pel(?=ajar)/, '', nominal],
  ...agents,
  [/^pe/, '', nominal],
];

const withoutEnding = (word: string, endings: readonly RegExp[]): string =>
  endings.map((ending) => word.replace(ending, '')).find((rest) => rest !== word && stays(rest)) ??
  word;

const withoutPrefix = (
  word: string,
  prefixes: readonly Prefix[],
): { readonly rest: string; readonly suffixes: readonly RegExp[] } => {
  for (const [prefix, restored, suffixes] of prefixes) {
    const rest = word.replace(prefix, restored);
    if (rest !== word && stays(rest)) return { rest, suffixes };
  }
  return { rest: word, suffixes: either };
};

/** Almost every Indonesian root has two syllables, counted by vowels. */
const stays = (rest: string): boolean => (rest.match(/[aiueo]/g)?.length ?? 0) >= 2;
