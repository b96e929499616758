/** Whether a short line is a heading, by the customs of plain text: capitals, numbering, no full stop. */

/** Words that stay small inside a title, in both languages. */
const small = new Set(
  (
    'dan atau di ke dari dalam untuk dengan yang pada bagi oleh antar antara terhadap tentang sebagai serta secara per ' +
    'melalui menuju tanpa the a an and or of in on at to for with from by as into over under between per via its'
  ).split(' '),
);

const mostWords = 16;
const mostLetters = 120;

/** A title's form: short, a capital first, nothing that ends a sentence. */
export const hasTitleForm = (text: string): boolean =>
  text.length <= mostLetters &&
  text.split(/\s+/).length <= mostWords &&
  /\p{L}{2}/u.test(text) &&
  /^["“'(]?[\p{Lu}\d]/u.test(text) &&
  !/[.:;,!?…|]$/u.test(text) &&
  !/https?:\/\//u.test(text);

/** True for `Peran Pimpinan dalam Perubahan` and `KETENTUAN UMUM`: every weighty word begins with a capital. */
export const isTitleCase = (text: string): boolean => {
  if (!hasTitleForm(text) || /[.:;,!?]\s/u.test(text)) return false;
  const words = text.split(/[\s/–—-]+/u).filter((word) => /\p{L}/u.test(word));
  const weighty = words.filter((word) => !small.has(word.toLowerCase()));
  return weighty.length > 0 && weighty.every((word) => /^[^\p{L}]*\p{Lu}/u.test(word));
};

/** The level that a heading's own number gives: `2` is 1, `2.1` is 2; null without a number. */
export const numberedLevel = (text: string): number | null => {
  const number = /^(\d+(?:\.\d+)*|[IVX]+|[A-Z])[.)]?\s+\S/u.exec(text)?.[1];
  if (number === undefined || !/^(?:\d+(?:\.\d+)*[.)]?|[IVX]+\.|[A-Z]\.)\s/u.test(text))
    return null;
  return number.split('.').filter((part) => part !== '').length;
};

/** Headings that open a document's body and so never name the document. */
export const opensBody = (text: string): boolean =>
  /^(?:\d+[.)]?\s+)?(?:pendahuluan|latar belakang|abstrak|ringkasan|pembuka|pengantar|kata pengantar|introduction|background|abstract|summary|overview|preface)\b/iu.test(
    text,
  );

/** A text that says how many parts follow: "beberapa faktor:", "three reasons:". Headings may be those parts. */
export const countsItsParts = (text: string): boolean =>
  text.endsWith(':') && counting.test(text.slice(-longestLead));

/** An announcement is a sentence; looking at a whole page for one would cost its length squared. */
const longestLead = 300;

const counting =
  /\b(?:beberapa|sejumlah|berbagai|dua|tiga|empat|lima|enam|tujuh|delapan|berikut|several|some|various|two|three|four|five|six|seven|eight|following)\b[^.!?]*:$/iu;
