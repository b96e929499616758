/** Arrays as Postgres reads them: written in one go, because the driver's own way costs more than the rows do. */

/** The array's text for a parameter cast to its type, e.g. `::int[]`. */
export const arrayText = (values: readonly (string | number | null)[]): string =>
  `{${values.map(elementText).join(',')}}`;

const elementText = (value: string | number | null): string | number => {
  if (value === null) return 'NULL';
  if (typeof value === 'number') return value;
  const plain = !value.includes('"') && !value.includes('\\');
  return plain ? `"${value}"` : `"${value.replace(/["\\]/g, '\\$&')}"`;
};
