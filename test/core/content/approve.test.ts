import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { findItem, withApproval } from '../../../core/content/approve.ts';
import type { Approval, ContentFile } from '../../../core/content/schema.ts';
import { paths, smallContent } from '../../content/small-content.ts';

const approval: Approval = {
  role: 'Redaksi: pusat',
  date: '2026-11-25',
  sources: { 'doc#one': '1234567890123456', 'doc#two.b': '12e4567890123456' },
};

const approve = (files: readonly ContentFile[], id: string): string => {
  const found = findItem(files, id);
  if (found === null) throw new Error(`no ${id}`);
  return withApproval(found, approval);
};

describe('an approval', () => {
  it('takes the place of the old one and changes no other letter', () => {
    const before = smallContent.find(({ path }) => path === paths.lesson)?.text ?? '';
    const after = approve(smallContent, 'l01');
    expect(parse(after)).toEqual({ ...parse(before), approval });
    expect(after.split('approval:')[0]).toBe(before.split('approval:')[0]);
    expect(approve([{ path: paths.lesson, text: after }], 'l01')).toBe(after);
  });

  it('is added where there was none', () => {
    const text = 'id: p01\ncites: [doc#one]\n\n';
    const after = approve([{ path: paths.prompt, text }], 'p01');
    expect(parse(after)).toEqual({ id: 'p01', cites: ['doc#one'], approval });
    expect(after.startsWith('id: p01\ncites: [doc#one]\napproval:\n')).toBe(true);
  });

  it('goes to one item of a survey, and its neighbours stay as they are', () => {
    const before = smallContent.find(({ path }) => path === paths.survey)?.text ?? '';
    const after = approve(smallContent, 'people-a');
    const items = (text: string) =>
      new Map(parse(text).items.map((item: { id: string }) => [item.id, item]));
    expect(items(after).get('people-a')).toMatchObject({ approval });
    for (const [id, item] of items(before))
      if (id !== 'people-a') expect(items(after).get(id)).toEqual(item);
  });

  it('finds no item that is not there, nor a document', () => {
    expect(findItem(smallContent, 'l99')).toBeNull();
    expect(findItem(smallContent, 'doc')).toBeNull();
  });
});
