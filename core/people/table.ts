/** A CSV file with a known header: every row as named cells, every fault with its line. */
import { type Fault, numberOf } from '../errors.ts';
import { parseCsv } from './csv.ts';

/** A file that was read; `file` is how faults name it. */
export type TextFile = { readonly file: string; readonly text: string };

export type Columns<Name extends string> = {
  readonly required: readonly Name[];
  readonly optional: readonly Name[];
};

/** One row; a missing optional column reads as ''. Cells are trimmed, and hold no control characters. */
export type Row<Name extends string> = {
  readonly line: number;
  readonly cell: (name: Name) => string;
};

/** Reads the rows; with a wrong header there are none, because cells would be taken for others. */
export const readTable = <Name extends string>(
  source: TextFile,
  columns: Columns<Name>,
): { readonly rows: readonly Row<Name>[]; readonly faults: readonly Fault[] } => {
  const { records, faults: broken } = parseCsv(source);
  const [head, ...body] = records;
  if (head === undefined) {
    const allowed = columns.required.join(', ');
    const empty = { file: source.file, line: 1, what: 'the file has no header line', allowed };
    return { rows: [], faults: broken.length > 0 ? broken : [empty] };
  }
  const names = head.cells.map((cell) => cell.trim().toLowerCase());
  const headFaults = checkHead({ file: source.file, line: head.line, names }, columns);
  if (headFaults.length > 0) return { rows: [], faults: [...broken, ...headFaults] };
  const ragged = body
    .filter(({ cells }) => cells.length !== names.length)
    .map(({ line, cells }) => ({
      file: source.file,
      line,
      what: 'wrong number of cells',
      found: String(cells.length),
      allowed: String(names.length),
    }));
  const whole = body
    .filter(({ cells }) => cells.length === names.length)
    .map(({ line, cells }) => ({ line, cells: cells.map((cell) => cell.trim()) }));
  const unfit = whole.flatMap(({ line, cells }) =>
    cells.flatMap((cell, index) =>
      cellFaults(names[index] ?? '', cell).map((fault) => ({ file: source.file, line, ...fault })),
    ),
  );
  const lines = new Set(unfit.map(({ line }) => line));
  const rows = whole
    .filter(({ line }) => !lines.has(line))
    .map(({ line, cells }) => ({
      line,
      cell: (name: Name) => cells[names.indexOf(name)] ?? '',
    }));
  return { rows, faults: [...broken, ...ragged, ...unfit] };
};

/** Longest cell, in characters; the longest names of people and units are below it. */
const longest = 200;

/** Line ends and tabs too, marks that turn the direction of reading, and halves of characters. */
const control = /[\p{Cc}\p{Bidi_Control}\p{Surrogate}]/u;

/** What nobody can read is told by its number: it would do to a screen what it should not do to a chat. */
const cellFaults = (name: string, cell: string): readonly Omit<Fault, 'file' | 'line'>[] => {
  const [found] = control.exec(cell) ?? [];
  if (found !== undefined) {
    const allowed = 'characters that can be seen';
    return [{ what: `control character in ${name}`, found: numberOf(found), allowed }];
  }
  const length = cell.length <= longest ? cell.length : [...cell].length;
  if (length <= longest) return [];
  const allowed = `at most ${longest}`;
  return [{ what: `${name} is longer than ${longest} characters`, found: String(length), allowed }];
};

/** One fault for every value that stands in more than one row. */
export const duplicates = <Name extends string>(
  file: string,
  rows: readonly Row<Name>[],
  key: { readonly what: string; readonly of: (row: Row<Name>) => string },
): readonly Fault[] => {
  const first = new Map<string, number>();
  return rows.flatMap((row) => {
    const value = key.of(row);
    const line = first.get(value);
    if (value === '' || line === undefined) {
      first.set(value, row.line);
      return [];
    }
    return [
      {
        file,
        line: row.line,
        what: `duplicate ${key.what}, first on line ${line}`,
        found: value,
        allowed: 'each once',
      },
    ];
  });
};

const checkHead = <Name extends string>(
  head: { readonly file: string; readonly line: number; readonly names: readonly string[] },
  columns: Columns<Name>,
): readonly Fault[] => {
  const { file, line, names } = head;
  const known: readonly string[] = [...columns.required, ...columns.optional];
  const missing = columns.required
    .filter((name) => !names.includes(name))
    .map((name) => ({ file, line, what: `column ${name} is missing` }));
  const unknown = names
    .filter((name) => !known.includes(name))
    .map((found) => ({ file, line, what: 'unknown column', found, allowed: known.join(', ') }));
  const twice = names
    .filter((name, index) => names.indexOf(name) < index)
    .map((found) => ({ file, line, what: 'column stands twice', found, allowed: 'each once' }));
  return [...missing, ...unknown, ...twice];
};
