/** The question "is there a combination on so few people?" as mixed-integer programs in LP format. */
import type { Block } from './blocks.ts';

/**
 * One program per column, in the block's order: is there a combination in which this column has the largest weight?
 * Real factors l of the rows give weights z = Σ l·row, scaled so that the largest is 1. Then −v ≤ z ≤ v with v = 1 for
 * the columns touched and 0 for the others, and Σ people·v is at most `most`, and as small as can be.
 * No factor is limited in size, and every combination has a largest weight: the programs together leave none out.
 */
export const programsOf = ({ rows, people }: Block, most: number): readonly string[] => {
  const columns = [...people.keys()];
  const sizes = columns.map((column, at) => `+ ${people.get(column)} v${at}`).join(' ');
  const limits = columns.flatMap((column, at) => [
    ` sum${at}: ${terms(rows, column)} - z${at} = 0`,
    ` up${at}: z${at} - v${at} <= 0`,
    ` down${at}: z${at} + v${at} >= 0`,
  ]);
  return columns.map((_, largest) =>
    [
      'Minimize',
      ` people: ${sizes}`,
      'Subject To',
      ...limits,
      ` largest: z${largest} = 1`,
      ` most: ${sizes} <= ${most}`,
      'Bounds',
      ...rows.map((_row, row) => ` l${row} free`),
      ...columns.map((_column, at) => ` -1 <= z${at} <= 1`),
      'Binary',
      ` ${columns.map((_column, at) => `v${at}`).join(' ')}`,
      'End',
    ].join('\n'),
  );
};

const terms = (rows: Block['rows'], column: number): string =>
  rows
    .flatMap(({ weights }, row) => {
      const weight = weights.get(column) ?? 0;
      return weight === 0 ? [] : [`${weight < 0 ? '-' : '+'} ${Math.abs(weight)} l${row}`];
    })
    .join(' ');
