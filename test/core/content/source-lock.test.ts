import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCatalogue } from '../../../core/content/parse.ts';
import {
  approvedSources,
  atRisk,
  changedSources,
  lockedItems,
  sectionFingerprint,
  sourceVersion,
} from '../../../core/content/source-lock.ts';
import { readContent } from '../../../functions/app/files.ts';
import { withChangedSection } from '../../content/changed-section.ts';

const files = await readContent();
const catalogue = parseCatalogue(files);
const sections = [...catalogue.documents.values()].flatMap(({ id, sections: theirs }) =>
  theirs.map((section) => `${id}#${section.id}`),
);

describe('the source lock', () => {
  it('holds for everything shipped', () => {
    expect([...atRisk(catalogue)]).toEqual([]);
  });

  it('puts exactly the items at risk that cite a changed section, whichever changed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...sections), (cite) => {
        const changed = parseCatalogue(withChangedSection(files, cite));
        const citing = lockedItems(catalogue).filter(({ cites }) => cites.includes(cite));
        expect([...atRisk(changed)].sort()).toEqual(
          citing.map(({ id }) => [id, [cite]]).sort() as [string, string[]][],
        );
      }),
      { numRuns: 12 },
    );
  });

  it('is free again once the item is approved on the new sources, which is another version', () => {
    const [lesson] = catalogue.lessons.values();
    const [cite] = lesson?.cites ?? [];
    if (lesson === undefined || cite === undefined) throw new Error('no lesson');
    const { documents } = parseCatalogue(withChangedSection(files, cite));
    expect(changedSources(documents, lesson)).toEqual([cite]);
    const sources = approvedSources(documents, lesson.cites);
    const again = { ...lesson, approval: { ...lesson.approval, sources } };
    expect(changedSources(documents, again)).toEqual([]);
    expect(sourceVersion(again)).not.toBe(sourceVersion(lesson));
  });

  it('counts a section cited since the approval as changed', () => {
    const [lesson] = catalogue.lessons.values();
    if (lesson === undefined) throw new Error('no lesson');
    const item = { ...lesson, cites: [...lesson.cites, 'pskn#closing'] };
    expect(changedSources(catalogue.documents, item)).toEqual(['pskn#closing']);
  });
});

describe('a fingerprint', () => {
  it('does not heed white space or the form of letters', () => {
    expect(sectionFingerprint(' satu\n  dua\t')).toBe(sectionFingerprint('satu dua'));
    expect(sectionFingerprint('e\u0301')).toBe(sectionFingerprint('\u00e9'));
    expect(sectionFingerprint('satu dua')).not.toBe(sectionFingerprint('satu  Dua'));
  });
});
