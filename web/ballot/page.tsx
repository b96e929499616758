/** The pages of a ballot: the form, the thanks, and what is said when there is no form; no script anywhere. */
import { html, raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { Form } from '../../core/conversation/message.ts';
import type { Language } from '../../core/language.ts';
import { commentLimit } from '../../core/survey/ballot/ballot.ts';
import { textsIn } from '../texts.ts';
import type { Sheet } from './port.ts';
import { ballotStyle } from './style.ts';

type Frame = {
  readonly agency: string;
  readonly language: Language;
  /** The same page in the other language; null where there is nothing to go back to. */
  readonly other: string | null;
};

const Page = ({
  frame: { agency, language, other },
  title,
  children,
}: {
  frame: Frame;
  title: string;
  children?: Child;
}) => {
  const say = textsIn(language);
  return html`${raw('<!doctype html>')}${(
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{`${title} · ${agency}`}</title>
        <link rel="icon" href="data:," />
        <style>{raw(ballotStyle)}</style>
      </head>
      <body>
        <header>
          <span>{agency}</span>
          {other === null ? null : (
            <a href={other} lang={language === 'id' ? 'en' : 'id'}>
              {say('ballot.other-language')}
            </a>
          )}
        </header>
        <main>
          <h1>{title}</h1>
          {children}
        </main>
      </body>
    </html>
  )}`;
};

/** The form, sent to `action`; `empty` when it comes back because no answer could be read. */
export const formPage = (
  frame: Frame,
  { form, closesOn }: Extract<Sheet, { state: 'open' }>,
  { action, empty }: { readonly action: string; readonly empty: boolean },
) => {
  const say = textsIn(frame.language);
  return (
    <Page frame={frame} title={form.title}>
      {empty ? (
        <p class="notice wrong" role="alert">
          {say('ballot.empty')}
        </p>
      ) : null}
      <div class="notice">
        {form.intro.split('\n').map((line) => (
          <p>{line}</p>
        ))}
        <p class="strong">{say('ballot.closes', { date: closesOn })}</p>
      </div>
      <form method="post" action={action} autocomplete="off">
        {form.questions.map((question, index) => (
          <Question question={question} number={index + 1} />
        ))}
        {form.comment === null ? null : <Comment comment={form.comment} />}
        <p class="quiet">{`${say('ballot.optional')} ${say('ballot.once')}`}</p>
        <p class="send">
          <button type="submit">{form.submit.label}</button>
        </p>
      </form>
    </Page>
  );
};

const Question = ({
  question: { id, label, options },
  number,
}: {
  question: Form['questions'][number];
  number: number;
}) => (
  <fieldset>
    <legend>{`${number}. ${label}`}</legend>
    <div class="options">
      {options.map((option) => (
        <label class={option.value === 'na' ? 'option apart' : 'option'}>
          <input type="radio" name={id} value={option.value} />
          {option.label}
        </label>
      ))}
    </div>
  </fieldset>
);

const Comment = ({ comment: { id, label, hint } }: { comment: NonNullable<Form['comment']> }) => (
  <div class="comment">
    <label for={id}>{label}</label>
    <p class="quiet" id="petunjuk">
      {hint}
    </p>
    <textarea id={id} name={id} maxlength={commentLimit} aria-describedby="petunjuk"></textarea>
  </div>
);

/** Thanks: the same bytes whatever was answered. */
export const receivedPage = (frame: Frame) => {
  const say = textsIn(frame.language);
  return (
    <Page frame={frame} title={say('ballot.received.title')}>
      <p>{say('ballot.received.text')}</p>
      <p>{say('ballot.received.change')}</p>
      <p class="quiet">{say('ballot.received.after')}</p>
    </Page>
  );
};

/** A page that only says why there is no form. */
export const wordsPage = (frame: Frame, what: 'closed' | 'unknown' | 'failed') => {
  const say = textsIn(frame.language);
  return (
    <Page frame={frame} title={say(`ballot.${what}.title`)}>
      <p>{say(`ballot.${what}.text`)}</p>
    </Page>
  );
};
