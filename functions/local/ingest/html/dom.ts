/** The little of a parsed HTML tree that the reader uses, and what of it nobody sees. */
import { parseHTML } from 'linkedom';

export type HtmlNode = {
  readonly nodeType: number;
  readonly textContent: string | null;
  readonly childNodes: Iterable<HtmlNode>;
};

export type HtmlElement = HtmlNode & {
  readonly localName: string;
  readonly getAttribute: (name: string) => string | null;
  readonly querySelectorAll: (selector: string) => ArrayLike<HtmlElement> & Iterable<HtmlElement>;
  readonly querySelector: (selector: string) => HtmlElement | null;
  readonly remove: () => void;
};

export type HtmlDocument = HtmlElement & {
  readonly body: HtmlElement;
  readonly documentElement: HtmlElement;
};

/** Parses; scripts are never run. A fragment is put into a body of its own. */
export const parsePage = (html: string): HtmlDocument => {
  const whole = /<(?:html|body)\b/i.test(html)
    ? html
    : `<!doctype html><html><body>${html}</body></html>`;
  return parseHTML(whole).document as unknown as HtmlDocument;
};

export const isElement = (node: HtmlNode): node is HtmlElement => node.nodeType === 1;
export const isTextNode = (node: HtmlNode): boolean => node.nodeType === 3;

/** Elements whose content is no text of the page. */
const silent = new Set(
  (
    'script style template noscript iframe object embed svg canvas math head link meta img picture video audio ' +
    'button input select textarea map area dialog'
  ).split(' '),
);

const hiddenStyle =
  /display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)|font-size\s*:\s*0(?:px|pt|em|rem|%)?\s*(?:;|$)|(?:text-indent|left|top)\s*:\s*-\d{3,}/i;
const hiddenClass = /(?:^|\s)(?:sr-only|visually-hidden|screen-reader-text|hidden)(?:\s|$)/;

/** True for what a reader of the page would not see. */
export const isUnseen = (element: HtmlElement): boolean =>
  silent.has(element.localName) || isHidden(element);

const isHidden = (element: HtmlElement): boolean =>
  element.getAttribute('hidden') !== null ||
  element.getAttribute('aria-hidden') === 'true' ||
  hiddenStyle.test(element.getAttribute('style') ?? '') ||
  hiddenClass.test(element.getAttribute('class') ?? '');

/** How many scripts and how many hidden elements with words a page has. */
export const unseenCounts = (
  document: HtmlDocument,
): { readonly scripts: number; readonly hidden: number } => {
  const all = [...document.querySelectorAll('*')];
  return {
    scripts: all.filter(({ localName }) => localName === 'script').length,
    hidden: all.filter(
      (element) =>
        !silent.has(element.localName) &&
        isHidden(element) &&
        /\p{L}{2}/u.test(element.textContent ?? ''),
    ).length,
  };
};

/** An element's words on one line, without what is hidden in it. */
export const wordsOf = (node: HtmlNode): string => squeeze(rawWords(node));

export const squeeze = (text: string): string => text.replace(/\s+/gu, ' ').trim();

const rawWords = (node: HtmlNode): string => {
  if (isTextNode(node)) return node.textContent ?? '';
  if (!isElement(node) || isUnseen(node)) return '';
  if (node.localName === 'br') return ' ';
  const words = [...node.childNodes].map(rawWords).join('');
  return isBlockName(node.localName) ? ` ${words} ` : words;
};

const inlineNames = new Set(
  (
    'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q ruby s samp small span strike ' +
    'strong sub sup time tt u var wbr br'
  ).split(' '),
);

/** True for elements that begin and end a text of their own. */
export const isBlockName = (name: string): boolean => !inlineNames.has(name);
