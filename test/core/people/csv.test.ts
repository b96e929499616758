import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCsv } from '../../../core/people/csv.ts';

const cellsOf = (text: string) =>
  parseCsv({ file: 'x.csv', text }).records.map(({ cells }) => cells);

describe('a CSV file', () => {
  it('may come from Excel: byte order mark, semicolons, CRLF, a sep= line', () => {
    expect(cellsOf('\uFEFFa;b\r\n1;"x;y"\r\n')).toEqual([
      ['a', 'b'],
      ['1', 'x;y'],
    ]);
    const told = parseCsv({ file: 'x.csv', text: 'sep=|\r\na|b,c\r\n' });
    expect(told.records).toEqual([{ line: 2, cells: ['a', 'b,c'] }]);
    expect(cellsOf('a\tb\r1\t2')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  it('keeps empty cells at the end, leaves out blank lines and counts lines inside quotes', () => {
    expect(cellsOf('a,b,\n')).toEqual([['a', 'b', '']]);
    expect(cellsOf('a,b,')).toEqual([['a', 'b', '']]);
    const { records } = parseCsv({ file: 'x.csv', text: 'a,b\n\n,\n"one\ntwo",3\n4,5' });
    expect(records.map(({ line }) => line)).toEqual([1, 4, 6]);
  });

  it('with a quote that never closes says on which line it began', () => {
    const { faults } = parseCsv({ file: 'x.csv', text: 'a,b\n1,2\n3,"4\n5,6\n' });
    expect(faults).toMatchObject([{ file: 'x.csv', line: 3 }]);
  });

  it('gives back whatever was written by the rules', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'é', '"', ',', ';', '\n', '\r', ' ', '\t'),
    });
    const table = fc
      .integer({ min: 1, max: 5 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 }),
      );
    const write = (rows: string[][], separator: string, end: string) =>
      rows
        .map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(separator))
        .join(end);
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n', '\r'),
        (rows, separator, end) => {
          const head = Array.from({ length: rows[0]?.length ?? 0 }, (_, index) => `k${index}`);
          const width = head.length;
          fc.pre(width > 1);
          const full = rows.filter((row) => row.some((value) => value.trim() !== ''));
          expect(cellsOf(write([head, ...rows], separator, end))).toEqual([head, ...full]);
        },
      ),
    );
  });
});
