/** The pages' own scripts and style: made from their source, or read where they were put beside a bundle. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Hono } from 'hono';
import { root } from './files.ts';

const script = 'text/javascript; charset=utf-8';
const style = 'text/css; charset=utf-8';

const assets = {
  'studio.js': { entry: 'web/islands/studio.ts', type: script },
  'preview.js': { entry: 'web/islands/preview.ts', type: script },
  'teams-tab.js': { entry: 'web/islands/teams-tab.ts', type: script },
  'langkah.css': { entry: 'web/langkah.css', type: style },
} as const;
type Asset = keyof typeof assets;

/** What the personal tab loads; the only pages of a deployed host. */
export const tabAssets = ['teams-tab.js', 'langkah.css'] as const satisfies readonly Asset[];

/** The folder beside a bundle. */
export const assetFolder = 'aset';

/** `/aset/<name>` for these; each is asked for once and kept until the process ends. */
export const assetRoutes = (names = Object.keys(assets) as readonly Asset[]): Hono => {
  const app = new Hono();
  const known = new Map<Asset, Promise<string>>();
  for (const name of names)
    app.get(`/${assetFolder}/${name}`, async (c) => {
      const asked = known.get(name) ?? readAsset(name);
      known.set(name, asked);
      return c.body(await asked, 200, { 'content-type': assets[name].type });
    });
  return app;
};

/** Beside a bundle there is no source any more. */
const readAsset = (name: Asset): Promise<string> =>
  existsSync(join(root, assets[name].entry))
    ? makeAsset(name)
    : readFile(join(root, assetFolder, name), 'utf8');

/** No build target is named, so that newer CSS is sent as written; its older fallbacks stand beside it. */
export const makeAsset = async (name: Asset): Promise<string> => {
  // Loaded on first use: a deployed function has no builder.
  const { build } = await import('esbuild');
  const result = await build({
    entryPoints: [join(root, assets[name].entry)],
    bundle: true,
    write: false,
    format: 'esm',
    minify: true,
    logLevel: 'silent',
  });
  return result.outputFiles[0]?.text ?? '';
};
