/** Between the Functions host and the web's own Request and Response. */
import type { HttpRequest, HttpResponseInit } from '@azure/functions';

/**
 * Answers with `app`; the body's bytes go through unchanged, for a signature is over bytes, and unread, for `app` sets
 * how many it takes.
 */
export const answerHttp = async (
  app: { readonly fetch: (request: Request) => Response | Promise<Response> },
  { method, url, headers, body }: HttpRequest,
): Promise<HttpResponseInit> => {
  // A browser's types know no `duplex`, without which Node takes no stream.
  const init = { method, headers: [...headers], body, duplex: 'half' } as RequestInit;
  const response = await app.fetch(new Request(url, init));
  return {
    status: response.status,
    headers: [...response.headers],
    body: new Uint8Array(await response.arrayBuffer()),
  };
};
