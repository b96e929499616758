/** `/`: the studio, a stand-in for both chat clients around one simulated clock. Local edition only. */
import { type Context, Hono } from 'hono';
import * as z from 'zod';
import { languages } from '../../core/language.ts';
import { platforms } from '../../core/ports.ts';
import { changes } from '../changes.ts';
import { pageOf, preferences, type Site } from '../site.ts';
import { StudioPage } from './page.tsx';
import { clockSteps, type StudioPort } from './port.ts';

const platform = z.enum(platforms);
const persona = z.string().max(200);

const schemas = {
  press: z.strictObject({
    persona,
    platform,
    ref: z.string(),
    action: z.unknown(),
    inputs: z.record(z.string(), z.string()),
  }),
  submit: z.strictObject({ persona, viewId: z.string(), values: z.unknown() }),
  type: z.strictObject({ persona, platform, text: z.string().trim().min(1).max(4_000) }),
  openHome: z.strictObject({ persona }),
  actHome: z.strictObject({ persona, action: z.string(), value: z.string() }),
  advance: z.strictObject({ step: z.enum(clockSteps) }),
  fault: z.strictObject({ id: z.string(), on: z.boolean() }),
} as const;

/** The studio's page, its JSON endpoints and its stream of changes. */
export const studioRoutes = (port: StudioPort, site: Site): Hono => {
  const app = new Hono();
  app.use('/', preferences);
  app.get('/', async (c) => {
    const page = pageOf(c, site);
    const state = await port.state({
      persona: page.query.get('peran') ?? '',
      language: page.language,
    });
    return c.html(<StudioPage page={page} state={state} />);
  });
  app.get('/studio/keadaan', async (c) =>
    c.json(
      await port.state({
        persona: c.req.query('peran') ?? '',
        language: languages.find((each) => each === c.req.query('bahasa')) ?? site.language,
      }),
    ),
  );
  app.get('/studio/peristiwa', (c) => changes(c, port.subscribe));
  app.post('/studio/tekan', (c) => answer(c, schemas.press, port.press));
  app.post('/studio/kirim', (c) => answer(c, schemas.submit, port.submit));
  app.post('/studio/ketik', (c) => answer(c, schemas.type, port.type));
  app.post('/studio/beranda', (c) => answer(c, schemas.openHome, port.openHome));
  app.post('/studio/beranda/tekan', (c) => answer(c, schemas.actHome, port.actHome));
  app.post('/studio/maju', (c) => answer(c, schemas.advance, ({ step }) => port.advance(step)));
  app.post('/studio/batal', (c) => answer(c, z.strictObject({}), () => port.cancel()));
  app.post('/studio/gangguan', (c) =>
    answer(c, schemas.fault, ({ id, on }) => port.setFault(id, on)),
  );
  return app;
};

/** Parses the body once, acts, and answers with what came of it. */
const answer = async <T extends z.ZodType, R>(
  c: Context,
  schema: T,
  act: (input: z.output<T>) => Promise<R>,
): Promise<Response> => {
  // Another site's form cannot send this type, so it cannot press our buttons.
  if (!c.req.header('content-type')?.startsWith('application/json'))
    return c.json({ error: 'content-type must be application/json' }, 415);
  const body = schema.safeParse(await c.req.json().catch(() => undefined));
  if (!body.success) return c.json({ error: z.prettifyError(body.error) }, 400);
  return c.json((await act(body.data)) ?? {});
};
