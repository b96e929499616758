/** HTML: the article of a page, without what surrounds it and without what nobody sees. */
import { Readability } from '@mozilla/readability';
import type { Block, Reading, Warning } from '../../../../core/ingest/tree.ts';
import { type Input, refuse } from '../fault.ts';
import { decode } from '../readers/decode.ts';
import { blocksOf } from './blocks.ts';
import { deepest, tooDeepElement } from './depth.ts';
import {
  type HtmlDocument,
  type HtmlElement,
  parsePage,
  squeeze,
  unseenCounts,
  wordsOf,
} from './dom.ts';

/** The reading of an HTML file. */
export const readHtml = ({ file, bytes }: Input): Reading => {
  const html = decode(file, bytes);
  const page = openPage(file, html);
  const warnings = unseenWarnings(page);
  const about = aboutOf(page);
  const pieces = blocksOf(articleOf(page, html));
  if (pieces.length === 0)
    throw refuse(file, { what: 'no text in this page', allowed: 'a page with readable text' });
  return { ...about, pieces, warnings };
};

/** Blocks of HTML inside another format. */
export const htmlFragment = (file: string, html: string): readonly Block[] =>
  blocksOf(openPage(file, html).body);

/** Looks at the source before the parser builds a tree that deep. */
const openPage = (file: string, html: string): HtmlDocument => {
  const name = tooDeepElement(html);
  if (name === null) return parsePage(html);
  throw refuse(file, {
    what: 'elements nested too deep',
    found: `<${name}> inside more than ${deepest} others`,
    allowed: `at most ${deepest}`,
  });
};

const unseenWarnings = (page: HtmlDocument): readonly Warning[] => {
  const { scripts, hidden } = unseenCounts(page);
  const told = (count: number, what: string): readonly Warning[] =>
    count === 0 ? [] : [{ page: null, line: null, what, found: String(count) }];
  return [
    ...told(scripts, 'scripts left out'),
    ...told(hidden, 'hidden elements with words left out'),
  ];
};

const aboutOf = (page: HtmlDocument): Pick<Reading, 'title' | 'publisher'> => {
  const meta = (name: string): string | null => {
    const found = page.querySelector(`meta[property="${name}"], meta[name="${name}"]`);
    const content = squeeze(found?.getAttribute('content') ?? '');
    return content === '' ? null : content;
  };
  const title = squeeze(page.querySelector('title')?.textContent ?? '');
  const [heading, second] = page.querySelectorAll('h1');
  const own = heading === undefined || second !== undefined ? '' : wordsOf(heading);
  return {
    title: own !== '' ? own : (meta('og:title') ?? (title === '' ? null : title)),
    publisher: meta('og:site_name') ?? meta('publisher') ?? meta('author'),
  };
};

const surroundings =
  'nav, aside, footer, body > header, [role=navigation], [role=banner], [role=contentinfo], [role=complementary], [role=search]';

/** The main part: named by the page, found by Readability where navigation stands around it, else all. */
const articleOf = (page: HtmlDocument, html: string): HtmlElement => {
  const around = [...page.querySelectorAll(surroundings)];
  if (around.length === 0) return page.body;
  for (const element of around) element.remove();
  const named = page.querySelectorAll('main, [role=main]');
  const [main] = named.length > 0 ? named : page.querySelectorAll('article');
  if (main !== undefined && named.length <= 1) return main;
  return foundArticle(html, wordsOf(page.body).length) ?? page.body;
};

/** Readability's choice, unless it lost more than half of the words that stand outside the surroundings. */
const foundArticle = (html: string, letters: number): HtmlElement | null => {
  const copy = parsePage(html) as unknown as ConstructorParameters<typeof Readability>[0];
  const content = new Readability(copy, { keepClasses: true }).parse()?.content;
  if (typeof content !== 'string') return null;
  const { body } = parsePage(content);
  return wordsOf(body).length * 2 >= letters ? body : null;
};
