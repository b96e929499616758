/** The preview's real data over the shipped content, with what became of three items said by the test. */
import { readCatalogue } from '../../../functions/app/files.ts';
import { once } from '../../../functions/app/once.ts';
import {
  type LiveCatalogue,
  type PreviewParts,
  previewData,
} from '../../../functions/app/pages/preview-data.ts';
import { previewRules } from '../../../functions/local/preview/rules.ts';
import { sampleAgency } from '../../../functions/local/story/agency.ts';
import type { PreviewData } from '../../../web/preview/data.ts';

const shipped = once(() => readCatalogue());

/** The data; `changed` replaces a part of it. */
export const openPreview = async (changed: Partial<PreviewParts> = {}): Promise<PreviewData> => {
  const catalogue = await shipped();
  return previewData({
    live: still({ catalogue, faults: [] }),
    agency: sampleAgency,
    viewer: { id: 'Penulis isi', en: 'Content author' },
    rules: previewRules,
    sent: async () => [{ item: 'l01', sent: 1_214 }],
    recalled: async () => new Set(['l02']),
    atRisk: () => new Map([['l03', ['pskn#challenge.data']]]),
    running: () => catalogue,
    ...changed,
  });
};

/** Content that no file changes. */
export const still = (content: ReturnType<LiveCatalogue['current']>): LiveCatalogue => ({
  current: () => content,
  following: true,
  subscribe: () => () => undefined,
});
