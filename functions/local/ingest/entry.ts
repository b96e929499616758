/** The register entry of a document: the one that stands, and whether the next start takes a new one. */
import { join } from 'node:path';
import { parse } from 'yaml';
import {
  type ContentFile,
  documentSchema,
  type SourceDocument,
} from '../../../core/content/schema.ts';
import { shapeOf } from '../../../core/content/shape.ts';
import { readYaml } from '../../../core/content/yaml-file.ts';
import { ContentError } from '../../../core/errors.ts';
import type { About, Standing } from '../../../core/ingest/register/register.ts';
import { kebab } from '../../../core/ingest/register/sections.ts';
import { refuse } from './fault.ts';
import { namesIn, readIfThere } from './write.ts';

/** The id of the registered document with this title, else the title in kebab case. */
export const knownId = async (folder: string, title: string): Promise<string> => {
  const wanted = kebab(title);
  for (const name of await namesIn(join(folder, 'documents'))) {
    const text = (await readIfThere(join(folder, 'documents', name))) ?? '';
    const entry = documentSchema.safeParse(yamlOf(text)).data;
    if (entry !== undefined && kebab(entry.title) === wanted) return entry.id;
  }
  return wanted;
};

/** The entry under this id, or null; throws ContentError with the faults of one that cannot be read. */
export const standingEntry = async (folder: string, id: string): Promise<Standing | null> => {
  const path = `documents/${id}.yaml`;
  const text = await readIfThere(join(folder, path));
  if (text === null) return null;
  const yaml = readYaml({ path, text });
  if (yaml.faults.length > 0) throw new ContentError(yaml.faults);
  const shape = shapeOf<SourceDocument>(yaml, documentSchema);
  if ('faults' in shape) throw new ContentError(shape.faults);
  return { text, value: shape.value };
};

/** What the next start would refuse is not written; a publisher that nobody named yet is asked for later. */
export const checkEntry = (
  file: string,
  { path, text, about }: ContentFile & { readonly about: About },
): void => {
  const shape = shapeOf<SourceDocument>(readYaml({ path, text }), documentSchema);
  const faults = 'faults' in shape ? shape.faults : [];
  const own = faults.filter(({ what }) => about.publisher !== '' || !what.startsWith('publisher '));
  if (own.length > 0)
    throw new ContentError(
      own.map((fault) => ({ ...fault, file, line: 0, what: `its register entry: ${fault.what}` })),
    );
  if (text.includes('\ufffd'))
    throw refuse(file, {
      what: 'letters of this document were lost',
      found: 'the sign U+FFFD',
      allowed: 'the letters themselves, or the document without --quotable',
    });
};

const yamlOf = (text: string): unknown => {
  try {
    return parse(text);
  } catch {
    // Another document's broken entry is told by `content check`; here it only has no title.
    return null;
  }
};
