/** The heat map as a drawing: what the page shows, with its title, scale and notes. */
import { cellOf } from '../../core/results/read.ts';
import type { Cell, Group, Release, Score } from '../../core/results/release.ts';
import { formatDate, formatInterval, formatScore } from '../format.ts';
import { hiddenWords } from '../parts/hidden-cell.tsx';
import { heatColour } from '../results/colour.ts';
import { askedAspects, groupName, groupsBelow } from '../results/figures.ts';
import type { Page } from '../site.ts';
import { type Drawing, drawing, ink, lineHeight, paragraph, textAt, wrapped } from './drawing.ts';

const [margin, nameWidth, cellWidth, rowHeight] = [24, 300, 128, 44];

type Chosen = { readonly score: Score; readonly unit: number | null };

/** The chosen groups and score. */
export const heatPicture = (page: Page, release: Release, { score, unit }: Chosen): Drawing => {
  const { say, language } = page;
  const aspects = askedAspects(release, score);
  const width = 2 * margin + nameWidth + aspects.length * cellWidth;
  const title = say('heat.caption', {
    score: say(`score.${score}`),
    date: formatDate(release.closedOn, language),
  });
  const groups = groupsBelow(release, unit);
  const top = 84;
  const head = aspects.map((aspect, at) =>
    textAt(say(`aspect.${aspect}`), { x: left(at) + 6, y: top - 10, bold: true }),
  );
  const rows = groups.map((group, index) =>
    row(page, {
      group,
      name: groupName(release, group),
      cells: aspects.map((aspect) => cellOf(release, group.unit, { score, aspect })),
      y: top + index * rowHeight,
    }),
  );
  const notes = [
    `${say(`heat.less.${score}`)}: 1. ${say(`heat.more.${score}`)}: 5.`,
    say('heat.note'),
    say('frame.threshold'),
  ].flatMap((note) => wrapped(note, width - 2 * margin, 12));
  const bottom = top + groups.length * rowHeight + 28;
  const foot = paragraph(notes, { x: margin, y: bottom, size: 12, fill: ink.quiet });
  const height = bottom + notes.length * lineHeight(12) + margin / 2;
  const heading = [
    textAt(page.site.agency[language], { x: margin, y: 26, fill: ink.quiet }),
    textAt(title, { x: margin, y: 48, size: 16, bold: true }),
  ];
  return drawing({ width, height }, [hatch, ...heading, ...head, ...rows, foot]);
};

const left = (column: number): number => margin + nameWidth + column * cellWidth;

type Row = {
  readonly group: Group;
  readonly name: string;
  readonly cells: readonly Cell[];
  readonly y: number;
};

const row = (page: Page, { group, name, cells, y }: Row): string => {
  const indent = margin + group.depth * 14;
  const lines = wrapped(name, nameWidth - group.depth * 14 - 12, 13).slice(0, 2);
  const first = y + (lines.length === 1 ? 26 : 18);
  return [
    paragraph(lines, { x: indent, y: first, size: 13 }),
    ...cells.map((cell, at) => (cell.shown ? shownCell(page, cell, { x: left(at), y }) : '')),
    ...hiddenRuns(cells).map(({ from, span, words }) =>
      hiddenCell(words(page), { x: left(from), y, width: span * cellWidth }),
    ),
  ].join('');
};

const shownCell = (
  { language }: Page,
  cell: Extract<Cell, { shown: true }>,
  { x, y }: { readonly x: number; readonly y: number },
): string => {
  const { fill, label } = heatColour(Math.round(cell.mean * 10) / 10, 'light');
  return [
    `<rect x="${x + 1}" y="${y + 1}" width="${cellWidth - 2}" height="${rowHeight - 2}" rx="5" fill="${fill}"/>`,
    textAt(formatScore(cell.mean, language), {
      x: x + 8,
      y: y + 19,
      size: 15,
      bold: true,
      fill: label,
    }),
    textAt(formatInterval(cell, language), { x: x + 44, y: y + 19, size: 12, fill: label }),
    textAt(`n ${cell.band}`, { x: x + 8, y: y + 36, size: 12, fill: label }),
  ].join('');
};

type Run = { readonly from: number; readonly span: number; readonly words: (page: Page) => string };

/** Neighbouring hidden cells of one reason are one field with its words. */
const hiddenRuns = (cells: readonly Cell[]): readonly Run[] => {
  const runs: { from: number; span: number; words: Run['words'] }[] = [];
  cells.forEach((cell, at) => {
    if (cell.shown) return;
    const before = cells[at - 1];
    const last = runs.at(-1);
    if (
      last !== undefined &&
      before !== undefined &&
      !before.shown &&
      before.hidden === cell.hidden
    )
      last.span += 1;
    else runs.push({ from: at, span: 1, words: ({ say }) => hiddenWords(say, cell.hidden) });
  });
  return runs;
};

const hiddenCell = (
  words: string,
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
): string => {
  const lines = wrapped(words, width - 14, 12).slice(0, 3);
  const first = y + rowHeight / 2 + 4 - ((lines.length - 1) * 13) / 2;
  return [
    `<rect x="${x + 1}" y="${y + 1}" width="${width - 2}" height="${rowHeight - 2}" rx="5" fill="url(#hatch)"/>`,
    ...lines.map((line, index) =>
      textAt(line, { x: x + 8, y: first + index * 13, size: lines.length > 2 ? 10.5 : 12 }),
    ),
  ].join('');
};

const hatch = `<defs><pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="8" height="8" fill="${ink.panel}"/><rect width="2" height="8" fill="${ink.line}"/></pattern></defs>`;
