/** A sheet as a workbook: the figures as numbers, and a second sheet that says what they mean. */
import { isHidden, type Sheet, type Value } from '../results/sheets.ts';

/** The bytes of the workbook; `names` are those of its two sheets. */
export const xlsxOf = async (
  { columns, rows, title, notes }: Sheet,
  names: { readonly figures: string; readonly notes: string },
): Promise<Uint8Array<ArrayBuffer>> => {
  // Loaded on first use: no other door needs it.
  const { default: writeExcel } = await import('write-excel-file/node');
  const head = columns.map(({ label }) => ({ value: label, type: String, ...bold }));
  const body = rows.map((row) => row.map((value, at) => cellOf(value, columns[at]?.digits ?? 0)));
  const said = notes.map((note) => [{ value: note, type: String, wrap: true }]);
  const workbook = writeExcel([
    {
      sheet: names.figures,
      data: [head, ...body],
      columns: columns.map((_, at) => ({ width: at === 0 ? 44 : 16 })),
      stickyRowsCount: 1,
      stickyColumnsCount: 1,
    },
    {
      sheet: names.notes,
      data: [[{ value: title, type: String, ...bold }], ...said],
      columns: [{ width: 100 }],
    },
  ]);
  return new Uint8Array(await workbook.toBuffer());
};

const bold = { fontWeight: 'bold' } as const;

/** Words are text whatever they begin with: a workbook never reads them as a formula. */
const cellOf = (value: Value, digits: number) => {
  if (isHidden(value)) return { value: value.hidden, type: String, backgroundColor: '#e7e9ec' };
  if (typeof value === 'string') return { value, type: String };
  return { value, type: Number, format: digits === 0 ? '0' : `0.${'0'.repeat(digits)}` };
};
