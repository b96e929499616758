/** `/suara`: the form behind a personal link and the thanks after it. Nothing here is worth keeping, so nothing is cached. */
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { type Language, languages } from '../../core/language.ts';
import { ballotPath } from '../../core/survey/form.ts';
import { oneOf } from '../site.ts';
import { formPage, receivedPage, wordsPage } from './page.tsx';
import type { BallotPort, Inputs } from './port.ts';

/** Bytes of a sent form: ten answers and a comment of 500 characters, each written as up to twelve. */
const mostBytes = 16 * 1024;

const thanksPath = `${ballotPath}/diterima`;

/** The routes; `language` is that of a reader whose link cannot be read. */
export const ballotRoutes = (port: BallotPort, language: Language): Hono => {
  const app = new Hono();
  const frame = (reader: Language, other: string | null) => ({
    agency: port.agency,
    language: reader,
    other,
  });
  const words = (c: Context, what: 'closed' | 'unknown' | 'failed', reader: Language = language) =>
    c.html(wordsPage(frame(chosen(c) ?? reader, null), what), statusOf[what]);

  const form = (c: Context, token: string, empty: boolean) => {
    const sheet = port.sheet(token, chosen(c));
    if (sheet.state === 'forged') return words(c, 'unknown');
    if (sheet.state === 'closed') return words(c, 'closed', sheet.language);
    const path = `${ballotPath}/${token}`;
    const other = inLanguage(path, sheet.language === 'id' ? 'en' : 'id');
    const action = inLanguage(path, sheet.language);
    const page = formPage(frame(sheet.language, other), sheet, { action, empty });
    return c.html(page, empty ? 422 : 200);
  };

  app.get(thanksPath, (c) => {
    const reader = chosen(c) ?? language;
    const other = inLanguage(thanksPath, reader === 'id' ? 'en' : 'id');
    return c.html(receivedPage(frame(reader, other)));
  });
  app.get(`${ballotPath}/:token`, (c) => form(c, c.req.param('token'), false));
  app.post(
    `${ballotPath}/:token`,
    bodyLimit({ maxSize: mostBytes, onError: (c) => c.body(null, 413) }),
    async (c) => {
      if (!isOwnForm(c)) return c.body(null, 403);
      const inputs = await readInputs(c);
      if (inputs === null) return c.body(null, 415);
      const token = c.req.param('token');
      const end = await port.submit(token, inputs);
      if (end !== 'taken') return form(c, token, end === 'empty');
      // Onto another address: reloading it sends nothing, and the link does not stay in sight.
      return c.redirect(inLanguage(thanksPath, chosen(c) ?? language), 303);
    },
  );
  // Here, where the address is known to hold a link: no log further out may see it.
  app.onError((_, c) => words(c, 'failed'));
  return app;
};

const statusOf = { closed: 410, unknown: 404, failed: 500 } as const;

const chosen = (c: Context): Language | null => oneOf(languages, c.req.query('bahasa'));

const inLanguage = (path: string, language: Language): string => `${path}?bahasa=${language}`;

/** The link itself proves the right to send; a browser that says that another page sends the form is believed as well. */
const isOwnForm = (c: Context): boolean =>
  ['same-origin', 'none', undefined].includes(c.req.header('sec-fetch-site'));

/** The first value of each input; null when the body is not a form. */
const readInputs = async (c: Context): Promise<Inputs | null> => {
  const mediaType = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/x-www-form-urlencoded') return null;
  const fields = [...new URLSearchParams(await c.req.text())].reverse();
  return new Map(fields);
};
