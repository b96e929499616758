/**
 * The bundle of a function whose start somebody waits for. Its entry is one small file, and what it imports on demand is
 * a file of its own beside it, so that a cold start reads and compiles nothing but what it runs.
 */
import { isBuiltin } from 'node:module';
import { basename, join } from 'node:path';
import { build, type Plugin } from 'esbuild';

/** How every quick bundle is made; what depends on the function is added to it. */
const options = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  minify: true,
  // For people who read a stack; nothing reads it at run time.
  sourcemap: true,
  sourcesContent: false,
  logLevel: 'error',
  metafile: true,
} as const;

/**
 * Takes Node's own modules as `require` does. To import one reads all that it exports, and `node:http` exports a
 * WebSocket since Node 22: twenty milliseconds for something nobody uses.
 */
const builtins: Plugin = {
  name: 'builtins',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^[\w:/]+$/ }, ({ path }) =>
      isBuiltin(path) ? { path, namespace: 'builtin' } : null,
    );
    onLoad({ filter: /./, namespace: 'builtin' }, ({ path }) => ({ contents: taken(path) }));
  },
};

/** Only the names that somebody imports stay in the bundle. */
const taken = (path: string): string => {
  const names = Object.getOwnPropertyNames(process.getBuiltinModule(path));
  return [
    `const whole = /* @__PURE__ */ process.getBuiltinModule(${JSON.stringify(path)});`,
    'const one = (name) => whole[name];',
    'export default whole;',
    ...names
      .filter((name) => name !== 'default')
      .map((name) => `export const ${name} = /* @__PURE__ */ one('${name}');`),
  ].join('\n');
};

/** Leaves what is imported on demand out, and puts it down in `parts`: name of its file → entry. */
const onDemand = (parts: Map<string, string>): Plugin => ({
  name: 'on-demand',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\./ }, ({ path, kind, resolveDir }) => {
      if (kind !== 'dynamic-import') return null;
      const entry = join(resolveDir, path);
      const name = basename(path, '.ts');
      if ((parts.get(name) ?? entry) !== entry)
        return { errors: [{ text: `two parts would be called ${name}` }] };
      parts.set(name, entry);
      return { path: `./${name}.mjs`, external: true };
    });
  },
});

/** Writes `index.mjs` and its parts into `folder`; tells of each file which sources are in it. */
export const writeQuickBundle = async (
  entry: string,
  folder: string,
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const parts = new Map([['index', entry]]);
  const sources = new Map<string, readonly string[]>();
  // Parts are found while the others are built: a map goes on to what is added meanwhile.
  for (const [name, part] of parts) {
    const { metafile } = await build({
      ...options,
      entryPoints: [part],
      outfile: join(folder, `${name}.mjs`),
      plugins: [onDemand(parts), builtins],
    });
    sources.set(`${name}.mjs`, Object.keys(metafile.inputs));
  }
  return sources;
};
