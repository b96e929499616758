/** The virtual network: a `fetch` for a machine, whose requests reach a platform and come back as their fates say. */

import type { Hardship } from '../judge/hardships.ts';
import { errand, type Machine } from '../machine.ts';
import type { World } from '../world.ts';
import { type Fate, isDoubtful } from './faults.ts';

/** A request as the platform gets it. */
export type Request = {
  readonly url: URL;
  readonly method: string;
  readonly body: string;
  /** When its bytes left the machine. */
  readonly left: number;
  /** What it is about, when it is a nudge of ours: its key. */
  readonly key: string | null;
};

export type Network = {
  readonly fate: (request: Request) => Fate;
  readonly face: (hardship: Hardship) => void;
  /** The platform's side: acts on a request and answers. */
  readonly serve: (request: Request) => object;
  /** A message left, reached or missed its sender: fault points strike here. */
  readonly left: (machine: Machine, request: Request, fate: Fate) => void;
  readonly heard: (machine: Machine, request: Request) => void;
  /** Nobody can know whether it had an effect. */
  readonly doubted: (request: Request) => void;
};

/** The machine's way out. */
export const fetchOf = (world: World, machine: Machine, network: Network): typeof fetch => {
  const send = (
    input: string | URL | globalThis.Request,
    init?: RequestInit,
  ): Promise<Response> => {
    const about = errand.getStore();
    const request: Request = {
      url: new URL(input instanceof globalThis.Request ? input.url : input),
      method: init?.method ?? 'GET',
      body: String(init?.body ?? ''),
      left: world.now(),
      key: about !== undefined && 'key' in about ? about.key : null,
    };
    const fate = network.fate(request);
    const told = `${machine.name} ${request.url.pathname} ${request.key ?? '-'} ${fate.name}`;
    world.note(told);
    if (fate.name !== 'fine') network.face(fate.name);
    return new Promise((resolve, reject) => {
      machine.ask();
      let answer: object | null = null;
      if (fate.arrives !== null)
        world.at(world.now() + fate.arrives, () => {
          answer = network.serve(request);
        });
      if (isDoubtful(fate)) network.doubted(request);
      machine.deliver(world.now() + fate.hears, () => {
        network.heard(machine, request);
        if (!machine.alive()) return;
        hear(fate, answer, { slack: request.url.pathname.startsWith('/api/'), resolve, reject });
      });
      network.left(machine, request, fate);
    });
  };
  return send as typeof fetch;
};

type Ends = {
  readonly slack: boolean;
  readonly resolve: (response: Response) => void;
  readonly reject: (error: Error) => void;
};

const hear = ({ heard }: Fate, answer: object | null, ends: Ends): void => {
  const { slack, resolve, reject } = ends;
  switch (heard.kind) {
    case 'answer':
      if (answer === null) throw new Error('an answer without an arrival');
      resolve(responseOf(answer));
      return;
    case 'code':
      // Only Slack tells its errors in the body of a 200.
      resolve(responseOf(slack ? { ok: false, error: heard.error } : { status: 500 }));
      return;
    case 'status': {
      const headers = heard.retryAfter === null ? {} : { 'retry-after': heard.retryAfter };
      resolve(new Response('{}', { status: heard.status, headers }));
      return;
    }
    case 'timeout':
      reject(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
      return;
    case 'network': {
      const cause = Object.assign(new Error(heard.code), { code: heard.code });
      reject(new TypeError('fetch failed', { cause }));
    }
  }
};

const responseOf = (body: object): Response => {
  const {
    status = 200,
    retryAfter,
    ...rest
  } = body as {
    readonly status?: number;
    readonly retryAfter?: string;
  };
  return new Response(JSON.stringify(rest), {
    status,
    headers: {
      'content-type': 'application/json',
      ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
    },
  });
};
