/** Processes of the product that are killed at a step of their work, and the wire on which their steps are counted. */
import { spawn } from 'node:child_process';
import { type AddressInfo, createServer, connect as dial, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { root } from '../../../functions/app/files.ts';
import { once } from '../../../functions/app/once.ts';

/** Killed as the step begins, or when it has had its effect and its answer is on the way. Steps count from 1. */
export type Blow = { readonly at: number; readonly when: 'before' | 'after' };

/** Both blows on every step. */
export const blowsOn = (steps: number): readonly Blow[] =>
  Array.from({ length: steps }, (_, index) => index + 1).flatMap((at) =>
    (['before', 'after'] as const).map((when) => ({ at, when })),
  );

export type Ended = {
  /** Steps begun since it was ready. */
  readonly steps: number;
  readonly killed: boolean;
  /** Its lines but for the steps. */
  readonly said: readonly string[];
};

/** What the process is to do; the database's address is replaced by one on which its steps are counted. */
export type Wish = { readonly databaseUrl: string } & Readonly<Record<string, unknown>>;

/** Runs one to its end, or to the blow; throws when it ended otherwise. */
export const runChild = async (
  file: 'submit-process' | 'close-process',
  wish: Wish,
  blow: Blow | null,
): Promise<Ended> => {
  const state = { steps: 0, counting: false, killed: false };
  const said: string[] = [];
  const begin = (): 'go' | Blow['when'] => {
    if (!state.counting) return 'go';
    state.steps += 1;
    return blow?.at === state.steps ? blow.when : 'go';
  };
  const wire = await openWire(wish.databaseUrl, begin, () => kill());
  const words = JSON.stringify({ ...wish, databaseUrl: wire.url });
  const child = spawn(process.execPath, [await bundles[file](), words], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const kill = (): void => {
    state.killed = true;
    child.kill('SIGKILL');
  };
  let complaint = '';
  child.stderr.on('data', (bytes: Buffer) => {
    complaint = `${complaint}${bytes.toString()}`.slice(-2_000);
  });
  child.stdin.on('error', () => undefined);
  createInterface(child.stdout).on('line', (line) => {
    if (line === 'ready') state.counting = true;
    else if (line !== 'step') said.push(line);
    else if (begin() === 'go') child.stdin.write('go\n');
    else kill();
  });
  const code = await new Promise<number | null>((done) => child.once('close', done));
  await wire.close();
  if (!state.killed && code !== 0) throw new Error(`ended with ${code}: ${complaint}`);
  return { steps: state.steps, killed: state.killed, said };
};

/** Bundled once, so that a process is up in a moment; it lies beside the packages, which it loads as they are. */
const bundleOf = async (file: string): Promise<string> => {
  const outfile = join(root, 'node_modules/.cache/langkah-proof', `${file}.mjs`);
  await build({
    entryPoints: [fileURLToPath(new URL(`${file}.ts`, import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  return outfile;
};

const bundles = {
  'submit-process': once(() => bundleOf('submit-process')),
  'close-process': once(() => bundleOf('close-process')),
};

/** The way to Postgres: whatever is sent to the server at once is a step. */
const openWire = async (
  databaseUrl: string,
  begin: () => 'go' | Blow['when'],
  kill: () => void,
) => {
  const { hostname, port } = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const server = createServer((inside) => {
    const outside = dial(Number(port), hostname);
    let last = false;
    for (const [one, other] of [
      [inside, outside],
      [outside, inside],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
    inside.on('data', (bytes) => {
      const what = begin();
      if (what === 'before') kill();
      else outside.write(bytes);
      last ||= what === 'after';
    });
    outside.on('data', (bytes) => {
      // The server has done it; who asked never learns so.
      if (last) kill();
      else inside.write(bytes);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.toString(),
    close: async (): Promise<void> => {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
};
