import { describe, expect, it } from 'vitest';
import en from '../../web/texts/en.json' with { type: 'json' };
import id from '../../web/texts/id.json' with { type: 'json' };
import { textsIn } from '../../web/texts.ts';

const holes = (text: string): readonly string[] => (text.match(/\{\w+\}/g) ?? []).sort();

describe('page texts', () => {
  it('have the same keys in both languages, in the same order', () => {
    expect(Object.keys(en)).toEqual(Object.keys(id));
  });

  it('have the same holes in both languages and no empty text', () => {
    const english: Readonly<Record<string, string>> = en;
    for (const [key, text] of Object.entries(id)) {
      expect(text.trim(), key).not.toBe('');
      expect(english[key]?.trim(), key).not.toBe('');
      expect(holes(english[key] ?? ''), key).toEqual(holes(text));
    }
  });

  it('refuse a text whose hole has no value', () => {
    expect(() => textsIn('id')('wave.closed-on')).toThrow('{date}');
  });
});
