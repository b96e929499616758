/** A request whose body is longer than anybody may send, and how much of it was read. */

const chunk = new Uint8Array(64 * 1024).fill(97);
const whole = 300 * 1024 * 1024;

/** Chunked, or with its length told before. */
export const longRequest = (url: string, { chunked }: { readonly chunked: boolean }) => {
  const state = { read: 0 };
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (to) => {
        if (state.read >= whole) return to.close();
        state.read += chunk.length;
        to.enqueue(chunk);
      },
    },
    { highWaterMark: 0 },
  );
  const length = chunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': `${whole}` };
  const headers = { 'content-type': 'application/json', ...length };
  const request = streamOf(url, { method: 'POST', headers, body });
  return { request, read: () => state.read };
};

/** The same request as a host hands it over that tells no length. */
export const streamed = (request: Request): Request => {
  const { url, method, headers, body } = request;
  return streamOf(url, { method, headers, body });
};

/** A browser's types know no `duplex`, without which Node takes no stream. */
const streamOf = (url: string, init: RequestInit): Request =>
  new Request(url, { ...init, duplex: 'half' } as RequestInit);
