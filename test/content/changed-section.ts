/** A register in which one section says something else than before. */
import { parseDocument, type YAMLMap } from 'yaml';
import type { ContentFile } from '../../core/content/schema.ts';
import { sectionFingerprint } from '../../core/content/source-lock.ts';

/** The files with the section behind `document#section` changed and nothing else. */
export const withChangedSection = (
  files: readonly ContentFile[],
  cite: string,
): readonly ContentFile[] => {
  const [documentId = '', sectionId = ''] = cite.split('#');
  return files.map((file) => {
    if (file.path !== `documents/${documentId}.yaml`) return file;
    const document = parseDocument(file.text);
    const sections = document.get('sections') as { readonly items: readonly YAMLMap[] };
    const section = sections.items.find((one) => one.get('id') === sectionId);
    if (section === undefined) throw new Error(`no section ${cite}`);
    if (section.has('text')) section.set('text', `Bunyi baru dari ${sectionId}.`);
    else section.set('fingerprint', sectionFingerprint(`${cite} berubah`));
    return { ...file, text: document.toString() };
  });
};
