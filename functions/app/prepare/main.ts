/** `main.ts FOLDER` writes what the personal tab loads beside a bundle; a fault in it ends the build. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from '../../../core/errors.ts';
import { assetFolder, makeAsset, tabAssets } from '../assets.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new ConfigError('prepare: the folder of the bundle is missing');
await mkdir(join(folder, assetFolder), { recursive: true });
for (const name of tabAssets)
  await writeFile(join(folder, assetFolder, name), await makeAsset(name));
