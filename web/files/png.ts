/** A drawing as a picture that any program opens. */
import { createRequire } from 'node:module';
import { type Drawing, fontFamily } from './drawing.ts';

/** Pixels a unit of the drawing: two are sharp on paper, one keeps a picture of hundreds of units small enough. */
const zoomOf = (height: number): number => (height <= 6_000 ? 2 : 1);

/** The bytes of a PNG on white; text in DejaVu Sans, which is the same on every machine. */
export const pngOf = async ({ svg, height }: Drawing): Promise<Uint8Array<ArrayBuffer>> => {
  // Loaded on first use: the renderer is a native library.
  const { renderAsync } = await import('@resvg/resvg-js');
  const find = createRequire(import.meta.url);
  const fontFiles = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((name) =>
    find.resolve(`dejavu-fonts-ttf/ttf/${name}`),
  );
  // On a thread of its own: a picture of hundreds of groups takes seconds, and the process has others to answer.
  const picture = await renderAsync(svg, {
    fitTo: { mode: 'zoom', value: zoomOf(height) },
    background: '#ffffff',
    font: { loadSystemFonts: false, fontFiles, defaultFontFamily: fontFamily },
  });
  return new Uint8Array(picture.asPng());
};
