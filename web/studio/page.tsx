/** The studio's page: two chats side by side, the clock above, the inspector beside, the timeline below. */
import { raw } from 'hono/html';
import { type Platform, platforms } from '../../core/ports.ts';
import { Badge } from '../parts/badge.tsx';
import { Frame } from '../parts/frame.tsx';
import type { Page } from '../site.ts';
import { type ClockStep, clockSteps, type Persona, type StudioState } from './port.ts';
import { islandTexts } from './texts.ts';

const platformNames: Readonly<Record<Platform, string>> = { slack: 'Slack', teams: 'Teams' };
const panes = [...platforms, 'inspector', 'timeline'] as const;

/** The shell; the island fills it from the state that the page carries. */
export const StudioPage = ({ page, state }: { page: Page; state: StudioState }) => {
  const { say } = page;
  return (
    <Frame page={page} title={say('studio.title')} islands={['studio']} wide>
      <h1 class="unseen">{say('studio.title')}</h1>
      <noscript>
        <p class="notice">{say('studio.noscript')}</p>
      </noscript>
      <TopBar page={page} state={state} />
      <fieldset class="studio-panes">
        <legend class="unseen">{say('studio.panes')}</legend>
        {panes.map((pane, index) => (
          <button
            type="button"
            aria-pressed={index === 0 ? 'true' : 'false'}
            aria-controls={`panel-${pane}`}
            data-show={pane}
          >
            {pane === 'slack' || pane === 'teams' ? platformNames[pane] : say(`studio.${pane}`)}
          </button>
        ))}
      </fieldset>
      <div class="studio" id="studio" data-pane={panes[0]}>
        {platforms.map((platform) => (
          <Chat page={page} platform={platform} />
        ))}
        <section class="panel inspector" id="panel-inspector" aria-labelledby="judul-inspektur">
          <h2 id="judul-inspektur">{say('studio.inspector')}</h2>
          <div id="inspektur"></div>
          <fieldset class="faults">
            <legend>{say('studio.faults')}</legend>
            <div id="gangguan"></div>
          </fieldset>
        </section>
        <section class="panel timeline" id="panel-timeline" aria-labelledby="judul-linimasa">
          <h2 id="judul-linimasa">{say('studio.timeline')}</h2>
          <ol class="plain-list" id="linimasa" tabindex={0} aria-labelledby="judul-linimasa"></ol>
        </section>
      </div>
      <dialog id="modal" aria-labelledby="modal-judul"></dialog>
      <p class="toast" id="kabar" role="status"></p>
      {dataScript('keadaan', state)}
      {dataScript('teks', islandTexts(page))}
    </Frame>
  );
};

const TopBar = ({ page, state }: { page: Page; state: StudioState }) => {
  const { say } = page;
  return (
    <div class="clock-bar">
      <p class="clock">
        <span class="unseen">{say('studio.clock')}</span>
        <time id="jam" datetime={state.now}>
          {state.nowLabel}
        </time>
      </p>
      <fieldset class="clock-steps">
        <legend class="unseen">{say('studio.advance')}</legend>
        {clockSteps.map((step: ClockStep) => (
          <button type="button" data-step={step}>
            {say(`studio.step.${step}`)}
          </button>
        ))}
      </fieldset>
      <p class="persona">
        <label for="peran">{say('studio.persona')}</label>
        <select id="peran">
          <PersonaOptions page={page} state={state} />
        </select>
      </p>
      <p id="peran-halaman"></p>
      <div class="running" id="jalan" hidden></div>
    </div>
  );
};

const roles = ['staff', 'leader', 'hr', 'operator'] as const;

const PersonaOptions = ({ page, state }: { page: Page; state: StudioState }) => (
  <>
    {roles.map((role) => {
      const of = state.personas.filter((persona: Persona) => persona.role === role);
      return of.length === 0 ? null : (
        <optgroup label={page.say(`role.${role}`)}>
          {of.map(({ id, label }) => (
            <option value={id} selected={id === state.persona}>
              {label[page.language]}
            </option>
          ))}
        </optgroup>
      );
    })}
  </>
);

const Chat = ({ page, platform }: { page: Page; platform: Platform }) => {
  const { say } = page;
  const name = platformNames[platform];
  return (
    <section class="panel chat" id={`panel-${platform}`} aria-labelledby={`judul-${platform}`}>
      <h2 id={`judul-${platform}`}>
        {name} <Badge>{say('frame.simulated')}</Badge>
      </h2>
      {platform === 'slack' ? <SlackTabs page={page} /> : null}
      <div
        class="messages"
        role="log"
        aria-live="polite"
        aria-label={say('studio.messages', { name })}
        tabindex={0}
        data-messages={platform}
      ></div>
      <form class="type-box" data-type={platform}>
        <label class="unseen" for={`ketik-${platform}`}>
          {say('studio.type', { name })}
        </label>
        <input
          id={`ketik-${platform}`}
          name="text"
          autocomplete="off"
          maxlength={4000}
          placeholder={say('studio.type.hint')}
        />
        <button type="submit">{say('studio.send')}</button>
      </form>
    </section>
  );
};

const slackTabs = ['messages', 'home'] as const;

/** A person's two places in Slack; the Home is opened by going there. */
const SlackTabs = ({ page: { say } }: { page: Page }) => (
  <>
    <fieldset class="slack-tabs">
      <legend class="unseen">{say('studio.tabs')}</legend>
      {slackTabs.map((tab, index) => (
        <button type="button" aria-pressed={index === 0 ? 'true' : 'false'} data-tab-of-slack={tab}>
          {say(`studio.tab.${tab}`)}
        </button>
      ))}
    </fieldset>
    <section class="home" id="beranda" aria-label={say('studio.tab.home')} tabindex={0}></section>
  </>
);

/** Data for the island; `<` is written as an escape so that no text can end the element. */
const dataScript = (id: string, data: unknown) => (
  <script type="application/json" id={id}>
    {raw(JSON.stringify(data).replaceAll('<', '\\u003c'))}
  </script>
);
