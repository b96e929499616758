/** Adaptive Cards by Microsoft's own renderer, dressed in the page's colours. */
import { type Action, AdaptiveCard, HostConfig, OpenUrlAction } from 'adaptivecards';
import { lineChart } from './line-chart.ts';
import { openedHere } from './link.ts';

export type TeamsPress = {
  /** The action as it stands in the card. */
  readonly action: unknown;
  /** Values of the card's inputs by id, where the action collects them. */
  readonly inputs: Readonly<Record<string, string>>;
};

type Json = { readonly [key: string]: unknown };

/** The card as an element; `press` receives an action whose inputs are complete. */
export const renderCard = (card: unknown, press: (pressed: TeamsPress) => void): HTMLElement => {
  const charts: Json[] = [];
  const adaptive = new AdaptiveCard();
  adaptive.hostConfig = hostConfig;
  adaptive.onExecuteAction = (action) => {
    if (action instanceof OpenUrlAction)
      window.open(openedHere(action.url ?? ''), '_blank', 'noreferrer');
    else press({ action: raw(action), inputs: inputs(action, adaptive) });
  };
  adaptive.parse(withoutCharts(card, charts));
  const element = adaptive.render() ?? document.createElement('div');
  // The page's focus order is that of the document; the renderer's own tab stop on the card adds nothing.
  element.removeAttribute('tabindex');
  // The renderer names a heading without its level; a card's title stands below the chat's own heading.
  for (const heading of element.querySelectorAll('[role="heading"]'))
    heading.setAttribute('aria-level', '3');
  charts.forEach((chart, index) => {
    element.querySelector(`#${chartId(index)}`)?.replaceChildren(teamsChart(chart));
  });
  return element;
};

// The renderer's text is Markdown; the card escapes what is meant literally.
AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdown(text);
  result.didProcess = true;
};

/** Escapes, bold and line breaks: the subset a Langkah card can hold. */
const markdown = (text: string): string => {
  const literal: string[] = [];
  const kept = text.replace(/\\([\\`*_[\]<>~&+\-#.)])/g, (_, mark: string) => {
    literal.push(mark);
    return `\u0000${literal.length - 1}\u0000`;
  });
  return (
    escapeHtml(kept)
      .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
      .replace(/\s*\n\s*\n\s*/g, '<br><br>')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the mark that stands for a kept letter
      .replace(/\u0000(\d+)\u0000/g, (_, at: string) => escapeHtml(literal[Number(at)] ?? ''))
  );
};

const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** `toJSON` may hold the data merged with inputs; the card's own data is what a client sends as the action. */
const raw = (action: Action): unknown => action.toJSON();

const inputs = (action: Action, card: AdaptiveCard): Record<string, string> =>
  (action.toJSON() as Json)['associatedInputs'] === 'none'
    ? {}
    : Object.fromEntries(
        card
          .getAllInputs()
          .flatMap(({ id, value }) =>
            id === undefined || value === undefined ? [] : [[id, String(value)]],
          ),
      );

const chartId = (index: number): string => `grafik-kartu-${index}`;

/** Teams draws `Chart.Line`, the open renderer does not know it: its place is held for our drawing. */
const withoutCharts = (value: unknown, charts: Json[]): unknown => {
  if (Array.isArray(value)) return value.map((each) => withoutCharts(each, charts));
  if (typeof value !== 'object' || value === null) return value;
  const json = value as Json;
  if (json['type'] === 'Chart.Line') {
    charts.push(json);
    return { type: 'Container', id: chartId(charts.length - 1), items: [json['fallback']] };
  }
  return Object.fromEntries(
    Object.entries(json).map(([key, each]) => [key, withoutCharts(each, charts)]),
  );
};

const teamsChart = (chart: Json): HTMLElement => {
  const data = (chart['data'] ?? []) as readonly {
    readonly legend?: string;
    readonly values?: readonly { readonly x: string; readonly y: number }[];
  }[];
  const categories = [...new Set(data.flatMap(({ values = [] }) => values.map(({ x }) => x)))];
  return lineChart({
    title: String(chart['title'] ?? ''),
    categories,
    table: null,
    lines: data.map(({ legend = '', values = [] }) => ({
      name: legend,
      values: categories.map((category) => values.find(({ x }) => x === category)?.y ?? null),
    })),
  });
};

const tone = (colour: string) => ({ default: colour, subtle: 'var(--quiet)' });

const hostConfig = new HostConfig({
  fontFamily: 'inherit',
  fontSizes: { small: 14, default: 16, medium: 16, large: 20, extraLarge: 20 },
  lineHeights: { small: 21, default: 24, medium: 24, large: 26, extraLarge: 26 },
  spacing: {
    small: 4,
    default: 12,
    medium: 12,
    large: 20,
    extraLarge: 24,
    padding: 0,
  },
  supportsInteractivity: true,
  containerStyles: {
    default: {
      backgroundColor: 'transparent',
      foregroundColors: Object.fromEntries(
        ['default', 'dark', 'light', 'accent', 'good', 'warning', 'attention'].map((name) => [
          name,
          tone(name === 'accent' ? 'var(--accent)' : 'var(--ink)'),
        ]),
      ),
    },
  },
  actions: {
    maxActions: 6,
    buttonSpacing: 8,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
  },
  inputs: {
    label: { requiredInputs: { weight: 'bolder' }, optionalInputs: { weight: 'bolder' } },
  },
});
