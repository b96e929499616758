/** The units file: code, name, parent, level_label. A tree of any depth. */
import { ContentError, type Fault } from '../errors.ts';
import type { Unit } from './person.ts';
import { duplicates, type Row, readTable, type TextFile } from './table.ts';

/** Columns of the units file; `parent` is empty at the root. */
const unitColumns = ['code', 'name', 'parent', 'level_label'] as const;
type Column = (typeof unitColumns)[number];

/** Reads every unit, parents before children; throws a ContentError with every fault and its line. */
export const readUnits = (source: TextFile): readonly Unit[] => {
  const { rows, faults } = readTable(source, { required: unitColumns, optional: [] });
  const all: readonly Fault[] = [
    ...faults,
    ...duplicates(source.file, rows, { what: 'unit code', of: (row) => row.cell('code') }),
    ...rows.flatMap((row) => rowFaults(source.file, row, rows)),
    ...cycles(source.file, rows),
  ];
  if (all.length > 0) throw new ContentError(all);
  const units = rows.map((row) => ({
    code: row.cell('code'),
    name: row.cell('name'),
    parent: row.cell('parent') || null,
    levelLabel: row.cell('level_label'),
  }));
  return parentsFirst(units);
};

const rowFaults = (
  file: string,
  row: Row<Column>,
  rows: readonly Row<Column>[],
): readonly Fault[] => {
  const empty = (['code', 'name', 'level_label'] as const)
    .filter((name) => row.cell(name) === '')
    .map((name) => ({ file, line: row.line, what: `${name} is empty` }));
  const parent = row.cell('parent');
  if (parent === '' || rows.some((other) => other.cell('code') === parent)) return empty;
  const allowed = 'the code of a unit in this file, or nothing';
  return [...empty, { file, line: row.line, what: 'unknown parent unit', found: parent, allowed }];
};

/** One fault for each unit that is its own ancestor. */
const cycles = (file: string, rows: readonly Row<Column>[]): readonly Fault[] => {
  const parents = new Map(rows.map((row) => [row.cell('code'), row.cell('parent')]));
  return rows.flatMap((row) => {
    const code = row.cell('code');
    const path = [code];
    let above = parents.get(code) ?? '';
    while (above !== '' && above !== code && !path.includes(above)) {
      path.push(above);
      above = parents.get(above) ?? '';
    }
    if (above !== code || code === '') return [];
    const found = [...path, code].join(' → ');
    return [{ file, line: row.line, what: 'unit is its own ancestor', found, allowed: 'a tree' }];
  });
};

const parentsFirst = (units: readonly Unit[]): readonly Unit[] => {
  const parents = new Map(units.map((unit) => [unit.code, unit.parent]));
  const depth = (code: string | null): number =>
    code === null ? 0 : 1 + depth(parents.get(code) ?? null);
  return units
    .map((unit) => ({ unit, depth: depth(unit.code) }))
    .sort((a, b) => a.depth - b.depth)
    .map(({ unit }) => unit);
};
