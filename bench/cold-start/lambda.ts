/** Loads the bundled door beside it and hands it one event of API Gateway, as Lambda's own runtime does. */
import type { Handler } from '../../functions/aws/http/open.ts';
import { answered } from './answer.ts';

const { event, leads } = JSON.parse(process.env['GIVEN'] ?? '');
if (leads !== undefined) {
  // The keys of the Bot Connector are asked for on this machine instead of in the internet.
  const { fetch: plain } = globalThis;
  globalThis.fetch = (url, init) => plain(String(url).replace(leads.from, leads.to), init);
}
const beside = './index.mjs';
const { handler }: { readonly handler: Handler } = await import(beside);
const { statusCode = 0 } = Object(await handler(event));
answered(statusCode);
