/** One thing to do this week: action, words to say, what staff would notice. */
import { Badge } from '../parts/badge.tsx';
import { Card } from '../parts/card.tsx';
import type { Page } from '../site.ts';
import type { WeekPrompt } from './data.ts';

/** The prompt with its two buttons; a button that was pressed is gone and its state is said. */
export const PromptCard = ({
  page,
  unit,
  prompt,
}: {
  page: Page;
  unit: number;
  prompt: WeekPrompt;
}) => {
  const { say, language } = page;
  return (
    <Card title={say('leader.prompt')} id="saran">
      <p class="prompt-title">
        {prompt.title[language]}{' '}
        {prompt.state === 'new' || prompt.state === null ? null : (
          <Badge>{say(`leader.state.${prompt.state}`)}</Badge>
        )}
      </p>
      <p>{prompt.action[language]}</p>
      <h3>{say('leader.script')}</h3>
      <blockquote class="script">{prompt.script[language]}</blockquote>
      <p>
        <strong>{say('leader.sign')}</strong> {prompt.sign[language]}
      </p>
      <div class="buttons">
        {prompt.state === 'new' ? (
          <ActForm page={page} unit={unit} prompt={prompt} act="commit" />
        ) : null}
        {prompt.state === 'done' || prompt.state === null ? null : (
          <ActForm page={page} unit={unit} prompt={prompt} act="done" />
        )}
      </div>
      <p class="quiet">{prompt.source[language]}</p>
      <p class="quiet">{say(prompt.state === null ? 'leader.nobody' : 'leader.private')}</p>
    </Card>
  );
};

const ActForm = ({
  page,
  unit,
  prompt,
  act,
}: {
  page: Page;
  unit: number;
  prompt: WeekPrompt;
  act: 'commit' | 'done';
}) => (
  <form method="post" action={`${page.path}?bahasa=${page.language}`}>
    <input type="hidden" name="unit" value={String(unit)} />
    <input type="hidden" name="prompt" value={prompt.id} />
    <button type="submit" name="act" value={act} class={act === 'commit' ? 'primary' : ''}>
      {page.say(`leader.act.${act}`)}
    </button>
  </form>
);
