/** The pages' own scripts and style: bundled in memory when first asked for, kept until the process ends. */
import { join } from 'node:path';
import { build } from 'esbuild';
import { Hono } from 'hono';
import { root } from '../app/files.ts';

const script = 'text/javascript; charset=utf-8';
const style = 'text/css; charset=utf-8';

const assets = [
  { path: '/aset/studio.js', entry: 'web/islands/studio.ts', type: script },
  { path: '/aset/preview.js', entry: 'web/islands/preview.ts', type: script },
  { path: '/aset/teams-tab.js', entry: 'web/islands/teams-tab.ts', type: script },
  { path: '/aset/langkah.css', entry: 'web/langkah.css', type: style },
] as const;

/** `/aset/<name>.js` and `/aset/langkah.css`. */
export const assetRoutes = (): Hono => {
  const app = new Hono();
  const bundles = new Map<string, Promise<string>>();
  for (const { path, entry, type } of assets)
    app.get(path, async (c) => {
      const made = bundles.get(path) ?? bundle(entry);
      bundles.set(path, made);
      return c.body(await made, 200, { 'content-type': type });
    });
  return app;
};

/** No build target is named, so that newer CSS is sent as written; its older fallbacks stand beside it. */
const bundle = async (entry: string): Promise<string> => {
  const result = await build({
    entryPoints: [join(root, entry)],
    bundle: true,
    write: false,
    format: 'esm',
    minify: true,
    logLevel: 'silent',
  });
  return result.outputFiles[0]?.text ?? '';
};
