/** How deep the elements of a page stand in each other, told from its source: the parser's time grows with the square of that. */

/** Elements inside elements; deeper pages are not written by people. */
export const deepest = 400;

/** The name of the first element that stands inside more than `deepest` others; null where none does. */
export const tooDeepElement = (html: string): string | null => {
  const open: string[] = [];
  for (const [, close, written = '', selfClosed] of html.matchAll(tag)) {
    const name = written.toLowerCase();
    if (close === '/') end(open, name);
    else if (name !== '' && !isAlone(name, selfClosed === '/', open)) begin(open, name);
    if (open.length > deepest) return name;
  }
  return null;
};

const begin = (open: string[], name: string): void => {
  while (endedBy[name]?.includes(open.at(-1) ?? '')) open.pop();
  open.push(name);
};

/** An end without a beginning ends nothing. */
const end = (open: string[], name: string): void => {
  const at = open.lastIndexOf(name);
  if (at !== -1) open.length = at;
};

/** A tag, or a stretch without tags: a comment, a script. Each reaches to the end of the text where nothing ends it. */
const tag =
  /<!--[\s\S]*?(?:-->|$)|<(?:script|style|title)\b[\s\S]*?(?:<\/(?:script|style|title)|$)|<(\/?)([a-z][^\s/>]*)[^>]*?(\/?)(?:>|$)/gi;

const voids = new Set(
  'area base basefont br col command embed frame hr img input isindex keygen link meta param source track wbr'.split(
    ' ',
  ),
);

/** True for a tag that takes nothing in; `<path/>` ends itself in a drawing or a formula only. */
const isAlone = (name: string, selfClosed: boolean, open: readonly string[]): boolean =>
  voids.has(name) || (selfClosed && (open.includes('svg') || open.includes('math')));

/** Ends that a page may leave out, as the parser supplies them: which open elements a new one ends. */
const endedBy: Readonly<Record<string, readonly string[]>> = {
  p: ['p'],
  li: ['li'],
  dt: ['dt', 'dd'],
  dd: ['dt', 'dd'],
  tr: ['tr', 'th', 'td'],
  th: ['th'],
  td: ['thead', 'th', 'td'],
  tbody: ['thead', 'tbody'],
  tfoot: ['thead', 'tbody'],
  option: ['option'],
  optgroup: ['optgroup', 'option'],
  rt: ['rt', 'rp'],
  rp: ['rt', 'rp'],
};
