/** Between the Functions host and the web's own Request and Response. */
import type { HttpRequest, HttpResponseInit } from '@azure/functions';

/** Answers with `app`; the body's bytes go through unchanged, for a signature is over bytes. */
export const answerHttp = async (
  app: { readonly fetch: (request: Request) => Response | Promise<Response> },
  request: HttpRequest,
): Promise<HttpResponseInit> => {
  const { method, url } = request;
  const bare = method === 'GET' || method === 'HEAD';
  const response = await app.fetch(
    new Request(url, {
      method,
      headers: [...request.headers],
      ...(bare ? {} : { body: await request.arrayBuffer() }),
    }),
  );
  return {
    status: response.status,
    headers: [...response.headers],
    body: new Uint8Array(await response.arrayBuffer()),
  };
};
