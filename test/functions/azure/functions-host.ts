/** The Azure Functions host as its npm package sees it: what an app registers, ready to be called. */
import Module, { createRequire } from 'node:module';
import type { HttpRequest, HttpRequestInit, HttpResponseInit } from '@azure/functions';
import { vi } from 'vitest';

export type Registered = {
  readonly bindings: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly call: (input: unknown) => Promise<HttpResponseInit>;
};

type Load = (request: string, ...rest: readonly unknown[]) => unknown;

/** What the package registers with: it asks once a process, and test files share theirs. */
const shelves = globalThis as unknown as Record<symbol, { registered?: Map<string, Registered> }>;
const shelfName = Symbol.for('functions registered by a test');
shelves[shelfName] ??= {};
const shelf = shelves[shelfName];

const core = {
  setProgrammingModel: () => undefined,
  registerHook: () => ({ dispose: () => undefined }),
  log: () => undefined,
  registerFunction: (
    { name, bindings }: { readonly name: string; readonly bindings: Registered['bindings'] },
    call: Registered['call'],
  ) => {
    shelf.registered?.set(name, { bindings, call });
  },
};

/**
 * Loads an app's main file anew inside a host. The package asks for `@azure/functions-core`, which only a host can give;
 * outside of one it would register nothing.
 */
export const loadApp = async (
  load: () => Promise<unknown>,
): Promise<ReadonlyMap<string, Registered>> => {
  const registered = new Map<string, Registered>();
  shelf.registered = registered;
  const loader = Module as unknown as { _load: Load };
  const original = loader._load;
  loader._load = (request, ...rest) =>
    request === '@azure/functions-core' ? core : original(request, ...rest);
  // Another file of tests may have loaded it in this process, with settings of its own.
  vi.resetModules();
  try {
    await load();
  } finally {
    loader._load = original;
  }
  return registered;
};

/** Calls one of them by its name. */
export const callIn = async (
  app: ReadonlyMap<string, Registered>,
  name: string,
  input: unknown,
): Promise<HttpResponseInit> => {
  const registered = app.get(name);
  if (registered === undefined) throw new Error(`no function ${name}`);
  return registered.call(input);
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
