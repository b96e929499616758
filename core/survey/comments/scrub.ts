/** What names a person is taken out of a comment before anything else is done with it. */
import { type Names, nameMark, withoutNames } from './names.ts';

/** The comment without addresses, numbers of people and names, each replaced by a mark; twice changes nothing more. */
export const scrub = (comment: string, names: Names): string => {
  const plain = comment
    .normalize('NFKC')
    // Invisible characters between two digits or letters would hide what they make up.
    .replace(/\p{Cf}|\u034f/gu, '')
    .replace(/\p{Nd}/gu, asciiDigit);
  const marked = steps.reduce((text, [pattern, mark]) => text.replace(pattern, mark), plain);
  return withoutNames(marked, names)
    .replace(/[ \t]+/g, ' ')
    .trim();
};

type Step = readonly [pattern: RegExp, mark: (found: string) => string];

const always = (mark: string) => (): string => mark;

const at = String.raw`(?:@|\s@\s|\s?[(\[]\s?at\s?[)\]]\s?)`;
const dot = String.raw`\s?(?:\.|[(\[]\s?(?:dot|titik)\s?[)\]])\s?`;

/** Digits that belong together: up to three signs between two of them, as in "0812-3456 7890" or "(021) 345 67 89". */
const digits = /(?:\+\s?)?\(?\d(?:[\s.,\-–—_/\\()*|•·:+]{0,3}\d){6,}/g;

/** Seven digits in words: "nol delapan satu dua …". */
const spoken =
  /\b(?:(?:nol|kosong|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan)\b[\s,.-]*){7,}/gi;

const steps: readonly Step[] = [
  [
    new RegExp(String.raw`[\p{L}\p{N}._%+-]+${at}[\p{L}\p{N}-]+(?:${dot}[\p{L}\p{N}-]+)+`, 'giu'),
    always('[surel]'),
  ],
  [/<at\b[^>]*>.*?<\/at>|<[@!][^>]*>/gi, always(nameMark)],
  [digits, (found) => numberMark(found)],
  // A place with a path may be somebody's page; a bare domain is a house.
  [/\b(?:https?:\/\/|www\.)\S+|\b[\w-]+(?:\.[\w-]+)+\/\S+/gi, always('[tautan]')],
  [/(?<![\p{L}\p{N}])@[\p{L}\p{N}._-]+/gu, always(nameMark)],
  [spoken, always('[nomor] ')],
];

/** By its length: 18 digits are a NIP, 16 a NIK, from 7 on a number that may reach somebody. */
const numberMark = (found: string): string => {
  if (isAmount(found) || isYears(found)) return found;
  const count = found.replace(/\D/g, '').length;
  if (count === 18) return '[NIP]';
  return count === 16 ? '[NIK]' : '[nomor]';
};

/** "12.500.000": whole thousands in groups of three; no number of a person looks like that. */
const isAmount = (found: string): boolean =>
  /^(?!62)[1-9]\d{0,2}(?:\.\d{3}){1,3}\.000$/.test(found) || /^[1-9]\d{0,2}\.000\.000$/.test(found);

/** "2025/2026". */
const isYears = (found: string): boolean => /^(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d$/.test(found);

const asciiDigit = (digit: string): string => {
  const code = digit.codePointAt(0) ?? 0;
  // Decimal digits stand in tens in Unicode, zero first.
  for (let value = 0; value <= 9; value += 1)
    if (/\p{Nd}/u.test(digit) && !/\p{Nd}/u.test(String.fromCodePoint(code - value - 1)))
      return String(value);
  return digit;
};
