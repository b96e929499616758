/** `/hr/periode`: HR runs the survey periods without touching a file. */
import { type Context, Hono } from 'hono';
import { csrf } from 'hono/csrf';
import * as z from 'zod';
import { depths } from '../../../core/results/release.ts';
import { isLaunched, type WaveAct, waveActs } from '../../../core/survey/schedule/acts.ts';
import type { ScheduledWave } from '../../../core/survey/schedule/schedule.ts';
import { formLimit, oneOf, pageOf, preferences, type Site } from '../../site.ts';
import type { WavesData } from './data.ts';
import type { Draft } from './forms.tsx';
import { WavePage, type WavesInput, WavesPage, wavesPath } from './page.tsx';
import { WavePreviewPage } from './preview.tsx';
import { faultWords, speakerOf } from './words.ts';

const opens = z.string().max(40);
const rotating = z
  .union([z.string().max(60), z.array(z.string().max(60)).max(10)])
  .transform((value) => (typeof value === 'string' ? [value] : value));
const depth = z.union([z.literal('').transform(() => null), z.enum(depths)]);

/** A form has exactly the fields of its act: whatever else somebody sends is refused. */
const newSchema = z.strictObject({ act: z.literal('schedule'), opens, rotating, depth });
const changeSchema = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('postpone'), opens }),
  z.strictObject({ act: z.literal('choose'), rotating }),
  z.strictObject({ act: z.literal('depth'), depth }),
  z.strictObject({ act: z.literal('cancel') }),
  z.strictObject({ act: z.literal('restore') }),
  z.strictObject({ act: z.literal('close'), sure: z.literal('yes').optional() }),
]);

/** The pages of the survey periods and their forms. */
export const wavesRoutes = (data: WavesData, site: Site): Hono => {
  const app = new Hono();
  app.use('/hr/periode/*', preferences);
  app.get('/hr/periode', async (c) => c.html(<WavesPage {...(await inputOf(data, site, c))} />));
  app.get('/hr/periode/:wave', (c) => showWave({ data, site, c }, null));
  app.get('/hr/periode/:wave/pratinjau', (c) => showPreview({ data, site, c }));
  app.post('/hr/periode', csrf(), formLimit, async (c) => {
    const read = newSchema.safeParse(await c.req.parseBody({ all: true }));
    if (!read.success) return badRequest(c, site);
    return perform({ data, site, c }, read.data, read.data);
  });
  app.post('/hr/periode/:wave', csrf(), formLimit, async (c) => {
    const read = changeSchema.safeParse(await c.req.parseBody({ all: true }));
    if (!read.success) return badRequest(c, site);
    const wave = c.req.param('wave');
    if (read.data.act === 'close') {
      if (read.data.sure === 'yes')
        return perform({ data, site, c }, { act: 'close', wave }, { act: 'close' });
      const reasons = [pageOf(c, site).say('waves.fault.sure')];
      return showWave({ data, site, c }, { reasons, draft: { act: 'close' } });
    }
    return perform({ data, site, c }, { ...read.data, wave }, read.data);
  });
  return app;
};

type Request = { readonly data: WavesData; readonly site: Site; readonly c: Context };

const badRequest = (c: Context, site: Site) =>
  c.text(pageOf(c, site).say('waves.bad-request'), 400);

/** Everything a page of the survey periods draws from. */
const inputOf = async (data: WavesData, site: Site, c: Context): Promise<WavesInput> => {
  const [viewer, facts] = await Promise.all([data.viewer(), data.facts()]);
  const page = pageOf(c, site, viewer);
  const done = oneOf(waveActs, page.query.get('selesai'));
  return { page, speaker: speakerOf(page.language, facts.levels), facts, refused: null, done };
};

/** Does the act and goes back to its page, so that reloading does not send the form again; else says why not. */
const perform = async (request: Request, act: WaveAct, draft: Draft): Promise<Response> => {
  const { data, site, c } = request;
  const outcome = await data.act(act);
  const { language } = pageOf(c, site);
  if (outcome.done)
    return c.redirect(
      `${wavesPath(act.act === 'schedule' ? undefined : outcome.wave)}?bahasa=${language}&selesai=${act.act}`,
      303,
    );
  const { levels } = await data.facts();
  const reasons = outcome.faults.map((fault) => faultWords(speakerOf(language, levels), fault));
  const refused = { reasons, draft };
  if (act.act !== 'schedule') return showWave(request, refused);
  const input = { ...(await inputOf(data, site, c)), done: null, refused };
  return c.html(<WavesPage {...input} />, 422);
};

const showWave = async (
  { data, site, c }: Request,
  refused: WavesInput['refused'],
): Promise<Response> => {
  const input = await inputOf(data, site, c);
  const id = c.req.param('wave') ?? '';
  const wave = input.facts.schedule.waves.find((one) => one.id === id);
  if (wave === undefined) return c.text(input.page.say('waves.not-found', { id }), 404);
  const reminders = await data.reminders(id);
  const done = refused === null && fits(input.done, wave) ? input.done : null;
  const props = { ...input, done, refused, wave, reminders };
  return c.html(<WavePage {...props} />, refused === null ? 200 : 422);
};

/** An address lives on in the history: its notice is shown only where it is still true. */
const fits = (done: WaveAct['act'] | null, wave: Pick<ScheduledWave, 'state'>): boolean => {
  if (done === 'cancel') return wave.state === 'cancelled';
  if (done === 'restore' || done === 'postpone') return wave.state === 'planned';
  return done !== 'close' || isLaunched(wave);
};

const showPreview = async ({ data, site, c }: Request): Promise<Response> => {
  const { page, speaker, facts } = await inputOf(data, site, c);
  const id = c.req.param('wave') ?? '';
  const wave = facts.schedule.waves.find((one) => one.id === id);
  const preview = wave === undefined ? null : await data.preview(id);
  if (wave === undefined || preview === null)
    return c.text(page.say('waves.not-found', { id }), 404);
  const props = { page, speaker, wave, preview, rules: data.rules };
  return c.html(<WavePreviewPage {...props} />);
};
