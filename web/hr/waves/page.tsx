/** The survey periods: their schedule, and one period with all that can be done with it. */
import type { Child } from 'hono/jsx';
import { otherRespondents } from '../../../core/results/threshold.ts';
import { isLaunched, type WaveAct } from '../../../core/survey/schedule/acts.ts';
import type { ScheduledWave } from '../../../core/survey/schedule/schedule.ts';
import { formatDate } from '../../format.ts';
import { Card } from '../../parts/card.tsx';
import { Frame } from '../../parts/frame.tsx';
import { Notice } from '../../parts/notice.tsx';
import { ScrollTable } from '../../parts/scroll-table.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import type { Page } from '../../site.ts';
import { tabs } from '../query.ts';
import type { WavesFacts } from './data.ts';
import { type Draft, NewWaveForm, WaveForms } from './forms.tsx';
import { depthWords, noteWords, placeWords, type Speaker, spanWords } from './words.ts';

/** The address of the survey periods, of one of them, or of its preview. */
export const wavesPath = (wave?: string, part?: 'pratinjau'): string =>
  ['/hr/periode', wave, part].filter((piece) => piece !== undefined).join('/');

export type WavesInput = {
  readonly page: Page;
  readonly speaker: Speaker;
  readonly facts: WavesFacts;
  /** Why the last act was refused, in the reader's words; what was entered stands in the form again. */
  readonly refused: { readonly reasons: readonly string[]; readonly draft: Draft } | null;
  /** The act that was done last. */
  readonly done: WaveAct['act'] | null;
};

/** Every period, the remarks, and the form for a new one. */
export const WavesPage = (input: WavesInput) => {
  const { page, speaker, facts, refused } = input;
  const { say } = page;
  return (
    <WavesFrame {...input} title={say('waves.title')}>
      {facts.notes.length === 0 ? null : (
        <Card title={say('waves.attention')} id="perhatian">
          <ul>
            {facts.notes.map((note) => (
              <li>{noteWords(speaker, note)}</li>
            ))}
          </ul>
        </Card>
      )}
      <Card title={say('waves.schedule')} id="jadwal">
        <ScheduleTable {...input} />
        <p class="quiet">{say('waves.audited')}</p>
      </Card>
      <NewWaveForm
        page={page}
        speaker={speaker}
        schedule={facts.schedule}
        draft={refused?.draft ?? null}
      />
    </WavesFrame>
  );
};

/** One period: its dates and form, and what can be done with it. */
export const WavePage = (
  input: WavesInput & { readonly wave: ScheduledWave; readonly reminders: readonly string[] },
) => {
  const { page, speaker, facts, refused, wave } = input;
  return (
    <WavesFrame {...input} title={page.say('waves.name', { id: wave.id })}>
      <p>
        <a href={link(page, wavesPath())}>{page.say('waves.back')}</a>
      </p>
      <Facts {...input} />
      <WaveForms
        page={page}
        speaker={speaker}
        schedule={facts.schedule}
        draft={refused?.draft ?? null}
        wave={wave}
      />
      <p class="quiet wave-remark">{page.say('waves.audited')}</p>
    </WavesFrame>
  );
};

/** The frame of all these pages: the tabs of the dashboard, what was done, and what was refused. */
export const WavesFrame = ({
  page,
  title,
  lead,
  done = null,
  refused = null,
  islands = [],
  wide = false,
  children,
}: Pick<WavesInput, 'page'> &
  Partial<Pick<WavesInput, 'done' | 'refused'>> & {
    title: string;
    lead?: string;
    islands?: readonly string[];
    wide?: boolean;
    children?: Child;
  }) => (
  <Frame page={page} title={title} islands={islands} wide={wide}>
    <h1>{title}</h1>
    <p class="lead">{lead ?? page.say('waves.lead')}</p>
    <Tabs
      label={page.say('hr.tabs')}
      tabs={[
        ...tabs.map((tab) => ({
          href: `/hr?bahasa=${page.language}&tab=${tab}`,
          label: page.say(`hr.tab.${tab}`),
          current: false,
        })),
        wavesTab(page, true),
      ]}
    />
    {done === null ? null : <Notice live>{page.say(`waves.done.${done}`)}</Notice>}
    {refused === null ? null : <Refused page={page} reasons={refused.reasons} />}
    {children}
  </Frame>
);

/** The tab of the survey periods among those of the dashboard. */
export const wavesTab = (page: Page, current: boolean) => ({
  href: link(page, wavesPath()),
  label: page.say('waves.tab'),
  current,
});

const link = ({ language }: Page, path: string): string => `${path}?bahasa=${language}`;

const Refused = ({ page, reasons }: { page: Page; reasons: readonly string[] }) => (
  <div class="notice" role="alert">
    <p class="failed">
      <strong>{page.say('waves.refused')}</strong>
    </p>
    <ul>
      {reasons.map((reason) => (
        <li>{reason}</li>
      ))}
    </ul>
  </div>
);

const ScheduleTable = ({ page, speaker, facts }: WavesInput) => (
  <ScrollTable id="jadwal-isi" caption={page.say('waves.schedule.caption')}>
    <thead>
      <tr>
        <th scope="col">{page.say('waves.wave')}</th>
        <th scope="col">{page.say('waves.dates')}</th>
        <th scope="col">{page.say('waves.state')}</th>
        <th scope="col">{page.say('waves.depth')}</th>
        <th scope="col">{page.say('waves.items')}</th>
      </tr>
    </thead>
    <tbody>
      {facts.schedule.waves.map((wave) => (
        <tr>
          <th scope="row">
            <a href={link(page, wavesPath(wave.id))}>{page.say('waves.name', { id: wave.id })}</a>
            <br />
            <span class="quiet">{placeWords(speaker, wave)}</span>
          </th>
          <td class="dates">{spanWords(speaker, wave)}</td>
          <td>{page.say(`waves.state.${wave.state}`)}</td>
          <td>{depthWords(speaker, wave.depth)}</td>
          <td>
            <ItemIds ids={wave.rotating} />
          </td>
        </tr>
      ))}
    </tbody>
  </ScrollTable>
);

/** Ids that break between, never within themselves. */
const ItemIds = ({ ids }: { ids: readonly string[] }) => (
  <>
    {ids.map((id, at) => (
      <>
        {at === 0 ? '' : ', '}
        <span class="whole">{id}</span>
      </>
    ))}
  </>
);

const Facts = ({
  page,
  speaker,
  wave,
  reminders,
}: WavesInput & { readonly wave: ScheduledWave; readonly reminders: readonly string[] }) => {
  const { say, language } = page;
  const [first, second] = reminders.map((date) => formatDate(date, language));
  const messages = [
    [say('waves.invites'), say('waves.invites.text', { date: formatDate(wave.opens, language) })],
    [
      say('waves.reminders'),
      say('waves.reminders.text', { first: first ?? '–', second: second ?? '–' }),
    ],
  ] as const;
  const facts: readonly (readonly [string, string])[] = [
    [say('waves.state'), say(`waves.state.${wave.state}`)],
    [say('waves.place'), placeWords(speaker, wave)],
    [say('waves.dates'), spanWords(speaker, wave)],
    ...(wave.state === 'cancelled' || wave.state === 'missed' ? [] : messages),
    [say('waves.depth'), depthWords(speaker, wave.depth)],
    [say('waves.items'), wave.rotating.join(', ')],
    [say('waves.threshold'), say('waves.threshold.text', { count: otherRespondents })],
  ];
  return (
    <Card title={say('waves.facts')} id="ringkas">
      <dl class="remarks">
        {facts.map(([name, text]) => (
          <>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </>
        ))}
      </dl>
      {isLaunched(wave) && wave.state !== 'open' ? null : (
        <p>
          <a href={link(page, wavesPath(wave.id, 'pratinjau'))}>{say('waves.preview')}</a>
        </p>
      )}
    </Card>
  );
};
