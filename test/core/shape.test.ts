import { describe, expect, it } from 'vitest';
import {
  address,
  fields,
  figure,
  filled,
  loose,
  many,
  maybe,
  oneOf,
  or,
  orNull,
  readOr,
  recordOf,
  ruled,
  shape,
  text,
  truth,
  whyNot,
} from '../../core/shape.ts';

describe('a shape', () => {
  it('keeps what it names and leaves out the rest, and a loose one keeps all', () => {
    const given = { a: 'x', b: 1, c: [true] };
    expect(shape({ a: text, d: maybe(text) })(given)).toStrictEqual({ a: 'x' });
    expect(loose({ a: text })(given)).toStrictEqual(given);
    expect(shape({ d: or(text, 'instead') })(given)).toStrictEqual({ d: 'instead' });
  });

  it('reads every entry of lists and records, or nothing', () => {
    expect(readOr(many(figure), [1, 2])).toEqual([1, 2]);
    expect(readOr(many(figure), [1, '2'])).toBeNull();
    expect(readOr(recordOf(truth), { a: true })).toEqual({ a: true });
    expect(readOr(recordOf(truth), { a: true, b: 'ya' })).toBeNull();
  });

  it('takes neither a list nor null for an object, and never a new nature for it', () => {
    for (const other of [[], null, 'x', undefined]) expect(readOr(fields, other)).toBeNull();
    const given = JSON.parse('{"__proto__":{"admin":true},"a":1}');
    expect(Object.keys(fields(given))).toEqual(['a']);
    // What every object inherits is nothing that was sent.
    expect(shape({ constructor: maybe(text), a: figure })(given)).toStrictEqual({ a: 1 });
  });

  it('tells numbers that JSON can write and nobody can count from the others', () => {
    expect(readOr(figure, JSON.parse('1e999'))).toBeNull();
    expect(readOr(figure, '1')).toBeNull();
  });

  it('tells null from absence', () => {
    expect(whyNot(maybe(text), null)).toBe('no text');
    expect(whyNot(orNull(text), undefined)).toBe('missing');
    expect(whyNot(orNull(text), null)).toBeNull();
  });

  it('says what is wrong and never what was found', () => {
    const long = ruled(filled, ({ length }) => length > 9, 'too short');
    expect(whyNot(long, 'rahasia')).toBe('too short');
    expect(whyNot(oneOf('a', 'b'), 'rahasia')).toBe('allowed a, b');
    expect(whyNot(filled, '')).toBe('empty');
    for (const other of ['rahasia', 'ftp://a.example', 'https://'])
      expect(whyNot(address, other)).toBe('no address');
    expect(whyNot(address, 'https://a.example/x')).toBeNull();
  });

  it('lets a fault that is none of the value through', () => {
    const broken = () => {
      throw new TypeError('ours');
    };
    expect(() => readOr(broken, 1)).toThrow('ours');
    expect(() => whyNot(broken, 1)).toThrow('ours');
  });
});
