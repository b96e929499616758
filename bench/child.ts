/** Runs a file of this folder as a process of its own, bundled as functions are: its memory and its end are its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../functions/app/files.ts';

export type Child<T> = {
  /** The object on its last line; rejects when it ends otherwise than with 0. */
  readonly answer: Promise<T>;
  /** Ends it at once, as a crash would. */
  readonly kill: () => void;
};

/** Starts `bench/FILE.ts` with these words. */
export const startChild = async <T>(file: string, words: readonly string[]): Promise<Child<T>> => {
  const program = await bundled(file);
  const child = spawn(process.execPath, [program, ...words], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const answer = lastLine<T>(child, file);
  // Whoever kills a child does not wait for its answer.
  answer.catch(() => undefined);
  return { answer, kill: () => void child.kill('SIGKILL') };
};

/** Runs it to its end. */
export const runChild = async <T>(file: string, words: readonly string[]): Promise<T> =>
  (await startChild<T>(file, words)).answer;

/** Each file is bundled once: another child may be reading what is written anew. */
const bundles = new Map<string, Promise<string>>();

const bundled = (file: string): Promise<string> => {
  const found = bundles.get(file) ?? bundle(file);
  bundles.set(file, found);
  return found;
};

/** Lies beside the packages, which it loads as they are. */
const bundle = async (file: string): Promise<string> => {
  const outfile = join(root, 'node_modules/.cache/langkah-bench', `${file}.mjs`);
  await build({
    entryPoints: [join(root, 'bench', `${file}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  return outfile;
};

const lastLine = <T>(child: ChildProcess, file: string): Promise<T> =>
  new Promise((done, fail) => {
    let said = '';
    child.stdout?.on('data', (bytes: Buffer) => {
      said += bytes.toString();
    });
    child.once('close', (code) => {
      if (code === 0) done(JSON.parse(said.trim().split('\n').at(-1) ?? '') as T);
      else fail(new Error(`${file} ended with ${code}: ${said}`));
    });
  });
