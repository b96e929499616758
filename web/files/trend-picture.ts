/** The trend as a drawing: the page's chart with its title, legend and notes. */
import { formatDay } from '../format.ts';
import { trendSvg } from '../results/trend-chart.ts';
import { drawn, type TrendOf, trendLines } from '../results/trend-figure.tsx';
import type { Page } from '../site.ts';
import { type Drawing, drawing, ink, lineHeight, paragraph, textAt, wrapped } from './drawing.ts';

const [width, margin, top] = [800, 24, 92];

const colours = { main: '#1b5e9b', context: ink.quiet, ground: '#ffffff' } as const;

/** A trend. */
export const trendPicture = async (page: Page, of: Omit<TrendOf, 'id'>): Promise<Drawing> => {
  const { say, language } = page;
  const lines = drawn(trendLines(of));
  const chart = await trendSvg({
    lines,
    dateLabel: (date) => formatDay(date, language),
    scoreLabel: String,
    width: width - 2 * margin,
    colours,
  });
  const legend = lines.map(({ name, weight }, at) => {
    const x = margin + at * 360;
    const dash = weight === 'main' ? '' : ' stroke-dasharray="5 4"';
    return `<line x1="${x}" x2="${x + 28}" y1="70" y2="70" stroke="${colours[weight]}" stroke-width="2.5"${dash}/>${textAt(name, { x: x + 36, y: 75, size: 13 })}`;
  });
  const notes = [say('trend.scale'), say('trend.note'), say('frame.threshold')].flatMap((note) =>
    wrapped(note, width - 2 * margin, 12),
  );
  const bottom = top + 240 + 24;
  return drawing({ width, height: bottom + notes.length * lineHeight(12) + margin / 2 }, [
    textAt(page.site.agency[language], { x: margin, y: 26, fill: ink.quiet }),
    textAt(of.title, { x: margin, y: 48, size: 16, bold: true }),
    ...legend,
    placed(chart),
    paragraph(notes, { x: margin, y: bottom, size: 12, fill: ink.quiet }),
  ]);
};

/** The chart inside the drawing; its own style sheet is left out, which the renderer would not read as a page does. */
const placed = (svg: string): string =>
  svg
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace('<svg ', `<svg x="${margin}" y="${top}" `)
    .replaceAll('currentColor', ink.text);
