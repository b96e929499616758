/** The forms by which HR runs the survey periods; each is one act, works without a script, and keeps what was entered. */
import type { Child } from 'hono/jsx';
import { addDays } from '../../../core/calendar/zone.ts';
import { aspects, type Item } from '../../../core/content/schema.ts';
import { type Depth, depths } from '../../../core/results/release.ts';
import { isCoarser, isLaunched, type WaveAct } from '../../../core/survey/schedule/acts.ts';
import {
  openWorkdays,
  type Schedule,
  type ScheduledWave,
} from '../../../core/survey/schedule/schedule.ts';
import { formatDate } from '../../format.ts';
import { Card } from '../../parts/card.tsx';
import type { Page } from '../../site.ts';
import { depthWords, type Speaker } from './words.ts';

/** What a reader entered and was refused; it stands in the form again. */
export type Draft = {
  readonly act: WaveAct['act'];
  readonly opens?: string | undefined;
  readonly rotating?: readonly string[] | undefined;
  readonly depth?: Depth | null | undefined;
};

export type FormInput = {
  readonly page: Page;
  readonly speaker: Speaker;
  readonly schedule: Schedule;
  readonly draft: Draft | null;
};

type WaveInput = FormInput & { readonly wave: ScheduledWave };

/** A new wave: its date, its items, its depth. */
export const NewWaveForm = (input: FormInput) => {
  const { page, draft } = input;
  const own = draft?.act === 'schedule' ? draft : null;
  return (
    <Card title={page.say('waves.new')} id="baru">
      <ActForm page={page} act="schedule" primary>
        <OpensField {...input} value={own?.opens ?? ''} />
        <ItemFields {...input} chosen={own?.rotating ?? []} />
        <DepthField {...input} name="baru" chosen={own?.depth ?? null} offered={depths} byPlace />
      </ActForm>
    </Card>
  );
};

/** What can still be done with one wave. */
export const WaveForms = (input: WaveInput) => {
  const { page, wave } = input;
  if (wave.state === 'open') return <OpenForms {...input} />;
  if (isLaunched(wave)) return <p class="quiet wave-remark">{page.say('waves.fixed')}</p>;
  return (
    <>
      {wave.state === 'cancelled' && wave.opens > input.schedule.today ? (
        <RestoreForm {...input} />
      ) : null}
      <PostponeForm {...input} />
      <ChooseForm {...input} />
      <DepthForm {...input} />
      {wave.state === 'planned' ? <CancelForm page={page} /> : null}
    </>
  );
};

const PostponeForm = (input: WaveInput) => {
  const { page, draft, wave } = input;
  const own = draft?.act === 'postpone' ? draft.opens : undefined;
  return (
    <Card title={page.say('waves.form.postpone')} id="tanggal">
      <ActForm page={page} act="postpone">
        <OpensField {...input} value={own ?? wave.opens} />
      </ActForm>
    </Card>
  );
};

const ChooseForm = (input: WaveInput) => {
  const { page, draft, wave } = input;
  const own = draft?.act === 'choose' ? draft.rotating : undefined;
  return (
    <Card title={page.say('waves.form.choose')} id="butir">
      <ActForm page={page} act="choose">
        <ItemFields {...input} chosen={own ?? wave.rotating} />
      </ActForm>
    </Card>
  );
};

const DepthForm = (input: WaveInput) => (
  <Card title={input.page.say('waves.form.depth')} id="kedalaman">
    <ActForm page={input.page} act="depth">
      <DepthField {...input} name="ubah" chosen={input.wave.chosenDepth} offered={depths} byPlace />
    </ActForm>
  </Card>
);

const CancelForm = ({ page }: { page: Page }) => (
  <Card title={page.say('waves.form.cancel')} id="batal">
    <p>{page.say('waves.form.cancel.hint')}</p>
    <ActForm page={page} act="cancel" />
  </Card>
);

const RestoreForm = ({ page, wave }: WaveInput) => (
  <Card title={page.say('waves.form.restore')} id="kembali">
    <p>{page.say('waves.form.restore.hint', { date: formatDate(wave.opens, page.language) })}</p>
    <ActForm page={page} act="restore" primary />
  </Card>
);

/** An open wave is only closed, or limited to larger groups. */
const OpenForms = (input: WaveInput) => {
  const { page, wave } = input;
  const coarser = depths.filter((depth) => isCoarser(depth, wave.depth));
  return (
    <>
      <p class="quiet wave-remark">{page.say('waves.fixed')}</p>
      {coarser.length === 0 ? null : (
        <Card title={page.say('waves.form.coarsen')} id="kedalaman">
          <p>{page.say('waves.form.coarsen.hint')}</p>
          <ActForm page={page} act="depth">
            <DepthField {...input} name="batas" chosen={null} offered={coarser} />
          </ActForm>
        </Card>
      )}
      <Card title={page.say('waves.form.close')} id="tutup">
        <p>{page.say('waves.form.close.hint')}</p>
        <ActForm page={page} act="close">
          <p class="check">
            <input type="checkbox" id="yakin" name="sure" value="yes" required />
            <label for="yakin">{page.say('waves.form.close.sure')}</label>
          </p>
        </ActForm>
      </Card>
    </>
  );
};

/** One act of this page. */
const ActForm = ({
  page,
  act,
  primary = false,
  children,
}: {
  page: Page;
  act: WaveAct['act'];
  primary?: boolean;
  children?: Child;
}) => (
  <form class="wave-form" method="post" action={`${page.path}?bahasa=${page.language}`}>
    {children}
    <p>
      <button type="submit" name="act" value={act} class={primary ? 'primary' : ''}>
        {page.say(`waves.act.${act}`)}
      </button>
    </p>
  </form>
);

const OpensField = ({ page, schedule, value }: FormInput & { value: string }) => (
  <div class="field">
    <label for="tanggal-dibuka">{page.say('waves.opens')}</label>
    <input
      type="date"
      id="tanggal-dibuka"
      name="opens"
      value={value}
      min={addDays(schedule.today, 1)}
      required
      aria-describedby="tanggal-keterangan"
    />
    <p class="quiet" id="tanggal-keterangan">
      {page.say('waves.opens.hint', { days: openWorkdays })}
    </p>
  </div>
);

/** One choice an aspect, in the words that staff will read. */
const ItemFields = ({ page, schedule, chosen }: FormInput & { chosen: readonly string[] }) => (
  <fieldset>
    <legend>{page.say('waves.items')}</legend>
    <p class="quiet">{page.say('waves.items.hint')}</p>
    {aspects.map((aspect) => {
      const items = schedule.items.filter(
        (item) => item.role === 'condition' && item.aspect === aspect,
      );
      return (
        <div class="field">
          <label for={`butir-${aspect}`}>{page.say(`aspect.${aspect}`)}</label>
          <select id={`butir-${aspect}`} name="rotating">
            {items.map((item) => (
              <ItemOption page={page} item={item} selected={chosen.includes(item.id)} />
            ))}
          </select>
        </div>
      );
    })}
  </fieldset>
);

const ItemOption = ({ page, item, selected }: { page: Page; item: Item; selected: boolean }) => (
  <option value={item.id} selected={selected}>
    {`${item.id} · ${item.text[page.language]}`}
  </option>
);

const DepthField = ({
  page,
  speaker,
  name,
  chosen,
  offered,
  byPlace = false,
}: FormInput & {
  name: string;
  chosen: Depth | null;
  offered: readonly Depth[];
  byPlace?: boolean;
}) => (
  <div class="field">
    <label for={`kedalaman-${name}`}>{page.say('waves.depth')}</label>
    <select id={`kedalaman-${name}`} name="depth" aria-describedby={`keterangan-${name}`}>
      {byPlace ? (
        <option value="" selected={chosen === null}>
          {page.say('waves.depth.by-place')}
        </option>
      ) : null}
      {offered.map((depth) => (
        <option value={depth} selected={depth === chosen}>
          {depthWords(speaker, depth)}
        </option>
      ))}
    </select>
    <p class="quiet" id={`keterangan-${name}`}>
      {page.say('waves.depth.hint')}
    </p>
  </div>
);
