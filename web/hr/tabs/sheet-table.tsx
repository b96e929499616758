/** A sheet as a table on the page: the very rows that the files hold. */
import { formatNumber } from '../../format.ts';
import { ScrollTable } from '../../parts/scroll-table.tsx';
import { isHidden, type Sheet, type Value } from '../../results/sheets.ts';

/** The sheet's title is the caption; the first column names the rows. */
export const SheetTable = ({ id, sheet }: { id: string; sheet: Sheet }) => (
  <ScrollTable id={id} caption={sheet.title}>
    <thead>
      <tr>
        {sheet.columns.map(({ label }) => (
          <th scope="col">{label}</th>
        ))}
      </tr>
    </thead>
    <tbody>
      {sheet.rows.map(([name = '', ...values]) => (
        <tr>
          <th scope="row">{words(sheet, name, 0)}</th>
          {values.map((value, at) => (
            <td class={isHidden(value) ? 'hatched' : undefined}>
              <span class={isHidden(value) ? 'hatched-words' : undefined}>
                {words(sheet, value, at + 1)}
              </span>
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </ScrollTable>
);

const words = ({ language, columns }: Sheet, value: Value, column: number): string => {
  if (isHidden(value)) return value.hidden;
  return typeof value === 'number'
    ? formatNumber(value, language, columns[column]?.digits ?? 0)
    : value;
};
