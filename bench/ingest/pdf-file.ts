/** The smallest PDF that holds text: one standard font, lines at given places. For benches and tests. */

/** A line of text; x and y in points from the lower left corner of an A4 page. */
export type PlacedText = {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
};

/** The bytes of a PDF with these pages; `locked` asks for a password that nobody has. */
export const pdfFile = (
  pages: readonly (readonly PlacedText[])[],
  { locked = false }: { readonly locked?: boolean } = {},
): Buffer => {
  const kids = pages.map((_, at) => `${4 + at * 2} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...pages.flatMap((lines, at) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${5 + at * 2} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
      streamOf(lines),
    ]),
  ];
  return written(objects, locked);
};

const streamOf = (lines: readonly PlacedText[]): string => {
  const text = lines.map(
    (line) => `BT /F1 ${line.size} Tf ${line.x} ${line.y} Td (${escaped(line.text)}) Tj ET`,
  );
  const body = text.join('\n');
  return `<< /Length ${body.length} >>\nstream\n${body}\nendstream`;
};

/** Signs of the page's encoding (Windows-1252) that Latin-1 puts elsewhere. */
const signs: Readonly<Record<string, string>> = { '•': '\x95', '–': '\x96', '…': '\x85' };

const escaped = (text: string): string =>
  text.replace(/[\\()]/g, '\\$&').replace(/[•–…]/g, (sign) => signs[sign] ?? sign);

const lock = `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${'1f'.repeat(32)}> /U <${'2e'.repeat(32)}> >> /ID [<00> <00>]`;

const written = (objects: readonly string[], locked: boolean): Buffer => {
  let file = '%PDF-1.4\n';
  const places = objects.map((object, at) => {
    const place = file.length;
    file += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const start = file.length;
  const count = objects.length + 1;
  file += `xref\n0 ${count}\n0000000000 65535 f \n${places.join('')}`;
  file += `trailer\n<< /Size ${count} /Root 1 0 R ${locked ? lock : ''} >>\nstartxref\n${start}\n%%EOF\n`;
  // Latin-1, so that a character is a byte and places stay right.
  return Buffer.from(file, 'latin1');
};
