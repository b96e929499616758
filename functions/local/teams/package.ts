/** The app package that an administrator uploads: manifest, English texts and icons in one archive. */
import {
  englishTexts,
  type ManifestWish,
  packageFiles,
  teamsManifest,
} from '../../../bot/teams/manifest.ts';
import { zip } from '../ingest/readers/zip.ts';
import { appIcons } from './icons.ts';

/** The bytes of the archive, the same for the same wish; throws ConfigError for what Teams would refuse. */
export const appPackage = async (wish: ManifestWish): Promise<Buffer> => {
  const manifest = teamsManifest(wish);
  const { color, outline } = await appIcons();
  return zip(
    new Map<string, Uint8Array>([
      ['manifest.json', json(manifest)],
      [packageFiles.english, json(englishTexts(wish))],
      [packageFiles.color, color],
      [packageFiles.outline, outline],
    ]),
  );
};

const json = (value: object): Buffer => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
