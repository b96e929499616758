/** What every page knows of its surroundings and of its reader's choices. */
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import { type Language, languages, type Text } from '../core/language.ts';
import { type PageSay, textsIn } from './texts.ts';

/** The agency's edition: shown in the frame of every page. */
export type Site = {
  readonly agency: Text;
  /** The language of a reader who has chosen none. */
  readonly language: Language;
  /** Pages named in the masthead, in order. */
  readonly links: readonly { readonly href: string; readonly label: Text }[];
  /** True where people and figures are a sample; every page then says so. */
  readonly simulated: boolean;
};

export const themes = ['light', 'dark', 'system'] as const;
type Theme = (typeof themes)[number];

/** One request's view of the site. */
export type Page = {
  readonly site: Site;
  readonly language: Language;
  readonly theme: Theme;
  readonly say: PageSay;
  /** Path of this page. */
  readonly path: string;
  /** Its query as asked, so that a switch keeps the state. */
  readonly query: URLSearchParams;
  /** Who is reading; null where nobody is signed in. */
  readonly viewer: Text | null;
};

const year = 365 * 24 * 60 * 60;
const cookie = { path: '/', sameSite: 'Lax', httpOnly: true, maxAge: year } as const;

/** Remembers `?bahasa=` and `?tema=`; the theme leaves the address, the language stays in it. */
export const preferences: MiddlewareHandler = async (c, next) => {
  const url = new URL(c.req.url);
  const language = oneOf(languages, url.searchParams.get('bahasa'));
  if (language) setCookie(c, 'bahasa', language, cookie);
  const theme = oneOf(themes, url.searchParams.get('tema'));
  if (theme === null) return next();
  setCookie(c, 'tema', theme, cookie);
  return c.redirect(withQuery(url.pathname, url.searchParams, { tema: null }), 303);
};

/** A page's form holds a few choices and dates: what is longer is turned away unread. */
export const formLimit: MiddlewareHandler = bodyLimit({
  maxSize: 16 * 1024,
  onError: (c) => c.body(null, 413),
});

/** The page of this request. */
export const pageOf = (c: Context, site: Site, viewer: Text | null = null): Page => {
  const url = new URL(c.req.url);
  const language =
    oneOf(languages, url.searchParams.get('bahasa')) ??
    oneOf(languages, getCookie(c, 'bahasa')) ??
    site.language;
  return {
    site,
    language,
    theme: oneOf(themes, getCookie(c, 'tema')) ?? 'system',
    say: textsIn(language),
    path: url.pathname,
    query: url.searchParams,
    viewer,
  };
};

/** `path` with `query` in which `changes` are set, or removed where null. */
export const withQuery = (
  path: string,
  query: URLSearchParams,
  changes: Readonly<Record<string, string | null>>,
): string => {
  const changed = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) changed.delete(name);
    else changed.set(name, value);
  }
  const text = changed.toString();
  return text === '' ? path : `${path}?${text}`;
};

/** `value` when it is one of `known`, else null. */
export const oneOf = <T extends string>(
  known: readonly T[],
  value: string | null | undefined,
): T | null => known.find((each) => each === value) ?? null;
