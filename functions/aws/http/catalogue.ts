/** The content as a door has it: checked and written as one file when the bundle was made, read when first needed. */
import { readFileSync } from 'node:fs';
import type { Catalogue } from '../../../core/content/schema.ts';

/** Its name beside the bundle. */
export const catalogueFile = 'catalogue.json';

/** The text of the file; what is a map becomes a list of its entries. */
export const writeCatalogue = (catalogue: Catalogue): string =>
  JSON.stringify({
    ...catalogue,
    documents: [...catalogue.documents],
    lessons: [...catalogue.lessons],
    prompts: [...catalogue.prompts],
    messages: [...catalogue.messages],
  });

/** What `writeCatalogue` wrote: our own words, checked before they were written. */
const parseCatalogueFile = (text: string): Catalogue => {
  const written = JSON.parse(text);
  return {
    ...written,
    documents: new Map(written.documents),
    lessons: new Map(written.lessons),
    prompts: new Map(written.prompts),
    messages: new Map(written.messages),
  };
};

/** The catalogue beside the bundle, read at the first look into it: most requests are answered without a word. */
export const catalogueBeside = (module: string): Catalogue => {
  const place = new URL(catalogueFile, module);
  let known: Catalogue | null = null;
  const whole = (): Catalogue => {
    known ??= parseCatalogueFile(readFileSync(place, 'utf8'));
    return known;
  };
  return {
    get documents() {
      return whole().documents;
    },
    get lessons() {
      return whole().lessons;
    },
    get survey() {
      return whole().survey;
    },
    get prompts() {
      return whole().prompts;
    },
    get programme() {
      return whole().programme;
    },
    get messages() {
      return whole().messages;
    },
    get version() {
      return whole().version;
    },
  };
};
