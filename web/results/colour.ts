/** The absolute colour scale of scores: 1 is blue (less concern), 3 grey, 5 orange (more). */

type Rgb = readonly [number, number, number];

// Score 1, 2, 3, 4, 5. Dark mode has lighter ends, which would otherwise sink into the page.
const anchors = {
  light: ['#1b5e9b', '#6aaed6', '#c4c9cf', '#f0a24a', '#9a4a00'],
  dark: ['#3f8fd2', '#6aaed6', '#c4c9cf', '#f0a24a', '#d9791c'],
} as const;

/** Fill and label colour of a score in both modes; the label has a contrast of at least 4.5 to its fill. */
export type HeatColour = { readonly fill: string; readonly label: string };

/** The colour of a mean (1 to 5) in one mode. */
export const heatColour = (mean: number, mode: keyof typeof anchors): HeatColour => {
  const position = Math.min(4, Math.max(0, mean - 1));
  const below = Math.min(3, Math.floor(position));
  const from = parse(anchors[mode][below] ?? anchors[mode][0]);
  const to = parse(anchors[mode][below + 1] ?? anchors[mode][4]);
  const share = position - below;
  const mixed: Rgb = [
    mix(from[0], to[0], share),
    mix(from[1], to[1], share),
    mix(from[2], to[2], share),
  ];
  // One of black and white always reaches 4.58 to 1.
  const label = contrast(mixed, [0, 0, 0]) >= contrast(mixed, [255, 255, 255]) ? '#000' : '#fff';
  return { fill: print(mixed), label };
};

/** The class that paints a score; it goes by the score as it is read, in tenths: equal numbers have equal colours. */
export const heatClass = (mean: number): string => `heat-${tenthsOf(mean)}`;

/** The style sheet's rules for every class: fill and label in both modes. */
export const heatRules = (): string =>
  Array.from({ length: 41 }, (_, at) => {
    const [light, dark] = [heatColour(1 + at / 10, 'light'), heatColour(1 + at / 10, 'dark')];
    return [
      `.heat-${at + 10} {`,
      `  --fill: ${light.fill};`,
      `  --label: ${light.label};`,
      `  --fill-dark: ${dark.fill};`,
      `  --label-dark: ${dark.label};`,
      '}',
    ].join('\n');
  }).join('\n');

const tenthsOf = (mean: number): number => Math.round(Math.min(5, Math.max(1, mean)) * 10);

const mix = (from: number, to: number, share: number): number =>
  Math.round(from + (to - from) * share);

const parse = (hex: string): Rgb => [
  Number.parseInt(hex.slice(1, 3), 16),
  Number.parseInt(hex.slice(3, 5), 16),
  Number.parseInt(hex.slice(5, 7), 16),
];

const print = (colour: Rgb): string =>
  `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`;

/** WCAG 2.2 relative luminance and contrast. */
const luminance = (colour: Rgb): number => {
  const [r, g, b] = colour.map((part) => {
    const c = part / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
};

const contrast = (a: Rgb, b: Rgb): number => {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
};
