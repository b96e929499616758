/** The app's two icons: three rising steps, drawn here so that no picture has to be kept by hand. */

/** The steps as one shape in a square of 24. */
const steps = 'M4 20 v-4 h5 v-4 h5 v-4 h6 v12 z';

const svg = (inner: string, size: number): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 24 24">${inner}</svg>`;

/** 192 × 192 on the accent colour, the sign inside the middle that Teams never cuts; 32 × 32 white on nothing. */
export const appIcons = async (): Promise<{
  readonly color: Uint8Array;
  readonly outline: Uint8Array;
}> => {
  // Loaded on first use: the renderer is a native library.
  const { Resvg } = await import('@resvg/resvg-js');
  const draw = (drawing: string): Uint8Array => new Uint8Array(new Resvg(drawing).render().asPng());
  const sign = `<g transform="translate(3 1.5) scale(.75)"><path d="${steps}" fill="#fff"/></g>`;
  return {
    color: draw(svg(`<rect width="24" height="24" fill="#1b5e9b"/>${sign}`, 192)),
    outline: draw(
      svg(
        `<path d="${steps}" fill="none" stroke="#fff" stroke-width="1.5" stroke-linejoin="round"/>`,
        32,
      ),
    ),
  };
};
