/** The personal tab: an empty shell that Teams fills by signing in, and the Home that then stands in it. */
import { html, raw } from 'hono/html';
import type { Choice, Home } from '../../core/conversation/home.ts';
import type { Action, Part } from '../../core/conversation/message.ts';
import type { Language, Text } from '../../core/language.ts';

/** Microsoft's own client library, from the address that its documentation names; it alone can ask Teams who is there. */
export const teamsLibrary = 'https://res.cdn.office.net/teams-js/2.55.0/js/MicrosoftTeams.min.js';

const waiting: Text = {
  id: 'Sebentar, halaman Anda sedang dibuka …',
  en: 'One moment, your page is being opened …',
};
const failed: Text = {
  id: 'Halaman ini hanya dapat dibuka di dalam Microsoft Teams. Semua pengaturan juga tersedia di obrolan: ketik "bantuan".',
  en: 'This page opens only inside Microsoft Teams. All settings are in the chat as well: type "help".',
};
const unanswered: Text = {
  id: 'Belum ada jawaban dari server. Silakan coba lagi sebentar lagi. Semua pengaturan juga tersedia di obrolan: ketik "bantuan".',
  en: 'The server has not answered. Please try again in a moment. All settings are in the chat as well: type "help".',
};
const save: Text = { id: 'Simpan', en: 'Save' };

/** The shell: it holds nothing about anybody. */
export const shellPage = (language: Language) =>
  html`${raw('<!doctype html>')}${(
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Langkah</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/aset/langkah.css" />
        <script src={teamsLibrary} crossorigin="anonymous" defer></script>
        <script type="module" src="/aset/teams-tab.js"></script>
      </head>
      <body>
        <main class="tab">
          <p id="menunggu" role="status">
            {waiting[language]}
          </p>
          <p id="gagal" class="notice" role="alert" hidden>
            {failed[language]}
          </p>
          <p id="tertunda" class="notice" role="alert" hidden>
            {unanswered[language]}
          </p>
          <div id="isi" aria-live="polite"></div>
        </main>
      </body>
    </html>
  )}`;

/** The Home as a piece of the page. */
export const homeFragment = ({ language, sections }: Home) => (
  <div lang={language}>
    <h1>Langkah</h1>
    {sections.map(({ title, parts }) => (
      <section class="card">
        <h2>{title}</h2>
        {parts.map((part) => (
          <HomePart part={part} language={language} />
        ))}
      </section>
    ))}
  </div>
);

const HomePart = ({ part, language }: { part: Part | Choice; language: Language }) => {
  switch (part.type) {
    case 'paragraph':
      return <p>{part.strong === true ? <strong>{part.text}</strong> : part.text}</p>;
    case 'context':
      return <p class="quiet">{part.text}</p>;
    case 'facts':
      return (
        <dl class="counts">
          {part.facts.map(({ label, value }) => (
            <div>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      );
    case 'actions':
      return (
        <div class="buttons">
          {part.actions.map((action) => (
            <PressButton action={action} />
          ))}
        </div>
      );
    case 'choice':
      return <ChoiceForm choice={part} language={language} />;
    case 'link':
      return (
        <p>
          <a href={part.url} target="_blank" rel="noopener">
            {part.label}
          </a>
        </p>
      );
    case 'chart':
      return <p>{part.alternative}</p>;
  }
};

const PressButton = ({ action }: { action: Action }) => (
  <form data-press={action.id}>
    <input type="hidden" name="value" value={action.value} />
    <button type="submit">{action.label}</button>
  </form>
);

const ChoiceForm = ({ choice, language }: { choice: Choice; language: Language }) => (
  <form data-press={choice.id} class="tab-choice">
    <label for={`pilih-${choice.id}`}>{choice.label}</label>
    <div>
      <select id={`pilih-${choice.id}`} name="value" required>
        {choice.chosen === null ? (
          <option value="" selected>
            {choice.hint}
          </option>
        ) : null}
        {choice.options.map(({ value, label }) => (
          <option value={value} selected={value === choice.chosen}>
            {label}
          </option>
        ))}
      </select>
      <button type="submit" aria-label={`${save[language]}: ${choice.label}`}>
        {save[language]}
      </button>
    </div>
  </form>
);
