/** One sample as each platform shows it: on a wide and on a narrow screen, and as a screen reader gets it. */
import type { Fault } from '../../core/errors.ts';
import type { Platform } from '../../core/ports.ts';
import { Badge } from '../parts/badge.tsx';
import { oneOf, type Page } from '../site.ts';
import { figureStates, type PreviewData, type Sample } from './data.ts';
import { FaultLines } from './faults.tsx';
import { type Made, payloadOf, platformNames } from './payloads.ts';
import type { PreviewQuery } from './query.ts';
import { spokenOf } from './spoken.ts';

export type TilesInput = {
  readonly page: Page;
  readonly query: Pick<PreviewQuery, 'widths'>;
  readonly rules: PreviewData['rules'];
  /** Faults of the files that the sample is made of. */
  readonly faults: readonly Fault[];
};

/** A sample on the given platforms, or why there is none. */
export const SampleTiles = ({
  sample: { variant, made, language },
  platforms,
  ...input
}: TilesInput & { sample: Sample; platforms: readonly Platform[] }) => (
  <>
    {variant === null ? null : <h3>{variantName(input.page, variant)}</h3>}
    {'fault' in made ? (
      <CannotMake page={input.page} fault={made.fault} />
    ) : (
      platforms.map((platform) => (
        <Tiles {...input} made={made} platform={platform} language={language} />
      ))
    )}
  </>
);

const variantName = ({ say }: Page, variant: string): string => {
  const state = oneOf(figureStates, variant);
  return state === null ? say('preview.option', { id: variant }) : say(`preview.figures.${state}`);
};

const CannotMake = ({ page, fault }: { page: Page; fault: string }) => (
  <p class="failed">
    {page.say('preview.cannot')} <span lang="en">{fault}</span>
  </p>
);

type TileInput = TilesInput & {
  readonly made: Made;
  readonly platform: Platform;
  readonly language: string;
};

const Tiles = (input: TileInput) => {
  const { page, made, platform } = input;
  const payload = payloadOrFault(platform, made);
  return (
    <div class="tiles">
      <div class="tiles-head">
        <p>
          <strong>{platformNames[platform]}</strong> <Badge>{page.say('frame.simulated')}</Badge>
        </p>
        {'fault' in payload ? null : <Lint {...input} payload={payload.json} />}
      </div>
      {'fault' in payload ? (
        <CannotMake page={page} fault={payload.fault} />
      ) : (
        <Shown {...input} payload={payload.json} />
      )}
    </div>
  );
};

/** A view refuses what its platform would refuse; the page says so instead of failing. */
const payloadOrFault = (
  platform: Platform,
  made: Made,
): { readonly json: unknown } | { readonly fault: string } => {
  try {
    return { json: payloadOf[platform](made) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
};

/** The platform's rules kept and broken, and what is wrong with the item's own file. */
const Lint = ({ page, rules, platform, faults, payload }: TileInput & { payload: unknown }) => {
  const report = rules(platform, payload);
  return (
    <div class="lint">
      <p class="quiet">{page.say('rules.passed', { passed: report.passed })}</p>
      {report.failed.length === 0 ? null : (
        <p class="failed">{page.say('rules.failed', { rules: report.failed.join(' · ') })}</p>
      )}
      {faults.length === 0 ? null : (
        <>
          <p class="failed">{page.say('preview.own-faults')}</p>
          <FaultLines faults={faults} />
        </>
      )}
    </div>
  );
};

const Shown = ({
  page,
  query,
  made: { message },
  platform,
  language,
  payload,
}: TileInput & { payload: unknown }) => (
  <>
    {query.widths.map((width) => (
      <div class={`tile tile-${width}`}>
        <p class="quiet">{page.say(`preview.width.${width}`)}</p>
        {width === 'teks' ? (
          <SpokenLines page={page} platform={platform} language={language} payload={payload} />
        ) : (
          <div class="chat-message" lang={language} data-platform={platform}>
            <p>{message.text}</p>
          </div>
        )}
      </div>
    ))}
    <details class="tiles-json">
      <summary>JSON</summary>
      {/* The tiles are drawn from this very text. */}
      <pre class="json" tabindex={0}>
        {JSON.stringify(payload, null, 2)}
      </pre>
    </details>
  </>
);

const SpokenLines = ({
  page,
  platform,
  language,
  payload,
}: {
  page: Page;
  platform: Platform;
  language: string;
  payload: unknown;
}) => (
  <ol class="plain-list spoken">
    {spokenOf(platform, payload).map(({ role, text }) => (
      <li class={`spoken-${role}`}>
        <span class="spoken-role">{page.say(`spoken.${role}`)}</span>{' '}
        <span class="spoken-words" lang={language}>
          {text}
        </span>
      </li>
    ))}
  </ol>
);
