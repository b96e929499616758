/** The door and its peers, bundled with the options of the deployed door. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { readCatalogue, root } from '../functions/app/files.ts';
import { catalogueFile, writeCatalogue } from '../functions/aws/http/catalogue.ts';
import { bundle } from '../infra/node-function.ts';

const { banner, ...options } = bundle;

/** Writes bare, door, bolt and botbuilder into `folder`; each is one file to start. */
export const bundleAll = async (folder: string): Promise<void> => {
  await Promise.all(
    Object.entries({
      door: 'functions/aws/http/main.ts',
      lambda: 'bench/cold-start-lambda.ts',
      bare: 'bench/cold-start-bare.ts',
      bolt: 'bench/cold-start-bolt.ts',
      botbuilder: 'bench/cold-start-botbuilder.ts',
    }).map(([name, entry]) =>
      build({
        ...options,
        external: [...options.external, './door.mjs'],
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
