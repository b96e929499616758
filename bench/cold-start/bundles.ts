/** The door as it is deployed, and its peers bundled with the options of the other functions. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { readCatalogue, root } from '../../functions/app/files.ts';
import { catalogueFile, writeCatalogue } from '../../functions/aws/http/catalogue.ts';
import { bundle } from '../../infra/node-function.ts';
import { writeQuickBundle } from '../../infra/quick/bundle.ts';

const { banner, ...options } = bundle;

/** Writes the door, and bare, bolt and botbuilder as one file each, into `folder`. */
export const bundleAll = async (folder: string): Promise<void> => {
  await writeQuickBundle(join(root, 'functions/aws/http/main.ts'), folder);
  await Promise.all(
    Object.entries({
      lambda: 'bench/cold-start/lambda.ts',
      bare: 'bench/cold-start/bare.ts',
      bolt: 'bench/cold-start/bolt.ts',
      botbuilder: 'bench/cold-start/botbuilder.ts',
    }).map(([name, entry]) =>
      build({
        ...options,
        external: [...options.external, './index.mjs'],
        banner: { js: banner },
        entryPoints: [join(root, entry)],
        outfile: join(folder, `${name}.mjs`),
        bundle: true,
        minify: true,
        platform: 'node',
        logLevel: 'error',
      }),
    ),
  );
  await writeFile(join(folder, catalogueFile), writeCatalogue(await readCatalogue()));
};
