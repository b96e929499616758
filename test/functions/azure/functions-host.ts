/** The Azure Functions host as its npm package sees it: what an app registers, ready to be called. */
import Module, { createRequire } from 'node:module';
import type { HttpRequest, HttpRequestInit, HttpResponseInit } from '@azure/functions';

export type Registered = {
  readonly bindings: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly call: (input: unknown) => Promise<HttpResponseInit>;
};

type Load = (request: string, ...rest: readonly unknown[]) => unknown;

/**
 * Loads an app's main file inside a host. The package asks for `@azure/functions-core`, which only a host can give;
 * outside of one it would register nothing.
 */
export const loadApp = async (
  load: () => Promise<unknown>,
): Promise<ReadonlyMap<string, Registered>> => {
  const registered = new Map<string, Registered>();
  const core = {
    setProgrammingModel: () => undefined,
    registerHook: () => ({ dispose: () => undefined }),
    log: () => undefined,
    registerFunction: (
      { name, bindings }: { readonly name: string; readonly bindings: Registered['bindings'] },
      call: Registered['call'],
    ) => {
      registered.set(name, { bindings, call });
    },
  };
  const loader = Module as unknown as { _load: Load };
  const original = loader._load;
  loader._load = (request, ...rest) =>
    request === '@azure/functions-core' ? core : original(request, ...rest);
  try {
    await load();
  } finally {
    loader._load = original;
  }
  return registered;
};

const azure: { readonly HttpRequest: new (init: HttpRequestInit) => HttpRequest } = createRequire(
  import.meta.url,
)('@azure/functions');

/** The request as the host hands it to a function. */
export const hostRequest = async (request: Request): Promise<HttpRequest> =>
  new azure.HttpRequest({
    method: request.method,
    url: request.url,
    headers: Object.fromEntries(request.headers),
    body: { bytes: new Uint8Array(await request.arrayBuffer()) },
  });
