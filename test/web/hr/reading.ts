/** Opening HR's pages and reading them as text. */
import { parseHTML } from 'linkedom';
import { expect } from 'vitest';
import { hrRoutes } from '../../../web/hr/routes.tsx';
import { hrData, site } from './fixtures.ts';

export const open = async (path: string, data = hrData()) => {
  const response = await hrRoutes(data, site).request(path);
  expect(response.status).toBe(200);
  return parseHTML(await response.text()).document;
};

export type Document = Awaited<ReturnType<typeof open>>;

export const words = (element: { textContent: string | null } | null | undefined): string =>
  (element?.textContent ?? '').replace(/\s+/g, ' ').trim();

/** The row of a table, by the name at its beginning. */
export const rowOf = (document: Document, table: string, name: string) =>
  [...document.querySelectorAll(`section[aria-labelledby="${table}"] tbody tr`)].find(
    (row) => words(row.querySelector('th')) === name,
  );
