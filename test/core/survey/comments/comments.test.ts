import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Group } from '../../../../core/results/release.ts';
import {
  fewestComments,
  releaseComments,
  type Written,
} from '../../../../core/survey/comments/comments.ts';
import { themesOf } from '../../../../core/survey/comments/themes.ts';
import { readCatalogue } from '../../../../functions/app/files.ts';

const { keywords } = (await readCatalogue()).survey.comment;

const group = (unit: number, parent: number | null, depth: number): Group => ({
  unit,
  parent,
  kind: 'unit',
  depth,
  name: `Unit ${unit}`,
  levelLabel: 'Unit',
});
/** An agency of three directorates, the first with a unit below it. */
const groups = [group(1, null, 0), group(2, 1, 1), group(5, 2, 2), group(3, 1, 1), group(4, 1, 1)];

const writers = (count: number, own: readonly number[], from = 0): readonly Written[] =>
  Array.from({ length: count }, (_, at) => ({
    groups: own,
    comment: `komentar ${own[0]}-${from + at}`,
  }));

const scopes = (written: readonly Written[]) =>
  releaseComments(groups, written, keywords).map(({ unit, themes }) => ({
    unit,
    comments: themes.flatMap(({ comments }) => comments),
  }));
const sizes = (written: readonly Written[]) =>
  Object.fromEntries(scopes(written).map(({ unit, comments }) => [unit, comments.length]));

describe('the comments of a release', () => {
  it('stand in the directorate with ten writers, all others in the agency', () => {
    const written = [...writers(12, [5, 2, 1]), ...writers(9, [3, 1]), ...writers(4, [4, 1])];
    expect(sizes(written)).toEqual({ 1: 13, 2: 12 });
  });

  it('let the smallest directorate join where the others would be fewer than ten', () => {
    const written = [...writers(12, [2, 1]), ...writers(11, [3, 1]), ...writers(4, [4, 1])];
    expect(sizes(written)).toEqual({ 1: 15, 2: 12 });
    expect(sizes([...writers(12, [2, 1]), ...writers(1, [1])])).toEqual({ 1: 13 });
  });

  it('of nine writers of a directorate stand with those of the agency’s own office', () => {
    expect(sizes([...writers(9, [3, 1]), ...writers(12, [1])])).toEqual({ 1: 21 });
    expect(sizes([...writers(10, [3, 1]), ...writers(12, [1])])).toEqual({ 1: 12, 3: 10 });
  });

  it('stay unpublished where fewer than ten wrote at all', () => {
    expect(scopes([...writers(5, [2, 1]), ...writers(4, [3, 1])])).toEqual([]);
    expect(sizes([...writers(5, [2, 1]), ...writers(5, [3, 1])])).toEqual({ 1: 10 });
  });

  it('never let one list minus another leave one to nine people, and show every comment once', () => {
    const where = fc.constantFrom([5, 2, 1], [2, 1], [3, 1], [4, 1], [1]);
    fc.assert(
      fc.property(fc.array(where, { maxLength: 60 }), (people) => {
        const written = people.map((own, at) => ({ groups: own, comment: `nomor ${at}` }));
        const found = scopes(written);
        for (const { comments } of found)
          expect(comments.length).toBeGreaterThanOrEqual(fewestComments);
        const all = found.flatMap(({ comments }) => comments);
        expect(new Set(all).size).toBe(all.length);
        expect(all.length).toBe(written.length < fewestComments ? 0 : written.length);
      }),
    );
  });

  it('come in an order that tells nothing of who came when', () => {
    const written = writers(40, [2, 1]);
    const first = new Set(Array.from({ length: 60 }, () => scopes(written)[0]?.comments[0] ?? ''));
    expect(first.size).toBeGreaterThan(20);
  });
});

describe('the theme of a comment', () => {
  it.each([
    ['Tolong adakan pelatihan bagi yang belum terlatih', 'people'],
    ['Peraturannya perlu diperjelas, kami tidak tahu mana yang diizinkan', 'regulation'],
    ['Jaringannya lambat dan komputer kami tua', 'infrastructure'],
    ['Datanya tersebar, statistik tidak mutakhir', 'data'],
    ['Kalau pemimpin mendukung, kami berani berubah', 'culture'],
    ['More training please, I learn by practice', 'people'],
    ['Semoga lancar', 'other'],
  ])('"%s": %s', (comment, theme) => {
    expect(themesOf([comment], keywords)).toEqual([theme]);
  });

  it('does not depend on the order of the comments', () => {
    const texts = ['data dan pelatihan', 'aturan data', 'pelatihan pelatihan', 'jaringan'];
    const there = themesOf(texts, keywords);
    const back = themesOf(texts.toReversed(), keywords);
    expect(back.toReversed()).toEqual(there);
  });
});
