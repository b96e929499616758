/** What a chat on this machine received from a client of ours: the parts of a request that it reads. */

export type Received = {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly text: () => Promise<string>;
};

/** Takes the arguments of `fetch`. Text and forms, nearly all there is, are read without a stream around them. */
export const received = (input: string | URL | Request, init: RequestInit = {}): Received => {
  const { body = '' } = init;
  const plain = typeof body === 'string' || body instanceof URLSearchParams;
  if (input instanceof Request || !plain) return new Request(input, init);
  const headers = new Headers(init.headers);
  if (body instanceof URLSearchParams && !headers.has('content-type'))
    headers.set('content-type', 'application/x-www-form-urlencoded;charset=UTF-8');
  return {
    url: new URL(input).href,
    method: init.method ?? 'GET',
    headers,
    text: async () => body.toString(),
  };
};
