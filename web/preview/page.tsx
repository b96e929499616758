/** The preview page: a list of kinds, and the chosen kind in every form. */
import { slackMessage } from '../../bot/slack/view.ts';
import { teamsMessage } from '../../bot/teams/view.ts';
import {
  type ChatMessage,
  type MessageKind,
  messageKinds,
} from '../../core/conversation/message.ts';
import { languages } from '../../core/language.ts';
import { type Platform, platforms } from '../../core/ports.ts';
import { Badge } from '../parts/badge.tsx';
import { Card } from '../parts/card.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { Frame } from '../parts/frame.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { oneOf, type Page, withQuery } from '../site.ts';
import type { PreviewData } from './data.ts';

/** What a platform receives, and the part of it that a plain client or a screen reader gets. */
const payloads: Readonly<
  Record<Platform, (message: ChatMessage) => { readonly payload: unknown; readonly plain: string }>
> = {
  slack: (message) => {
    const payload = slackMessage(message);
    return { payload, plain: payload.text };
  },
  teams: (message) => {
    const payload = teamsMessage(message);
    return { payload, plain: payload.summary };
  },
};

/** The product's own name for each platform; a name, not a logo. */
const platformNames: Readonly<Record<Platform, string>> = { slack: 'Slack', teams: 'Teams' };

/** The page with one kind open; `jenis=semua` opens them all, for proof-reading. */
export const PreviewPage = ({
  page,
  samples,
  rules,
}: {
  page: Page;
  samples: readonly ChatMessage[];
  rules: PreviewData['rules'];
}) => {
  const { say } = page;
  const all = page.query.get('jenis') === 'semua';
  const [firstKind] = messageKinds;
  const chosen = oneOf(messageKinds, page.query.get('jenis')) ?? firstKind;
  const link = (kind: string) => withQuery(page.path, page.query, { jenis: kind });
  return (
    <Frame page={page} title={say('preview.title')} islands={['preview']}>
      <h1>{say('preview.title')}</h1>
      <p class="lead">{say('preview.lead')}</p>
      <noscript>
        <p class="notice">{say('preview.noscript')}</p>
      </noscript>
      <Tabs
        label={say('preview.kinds')}
        tabs={[
          ...messageKinds.map((kind) => ({
            href: link(kind),
            label: say(`kind.${kind}`),
            current: !all && kind === chosen,
          })),
          { href: link('semua'), label: say('preview.all'), current: all },
        ]}
      />
      {(all ? messageKinds : [chosen]).map((kind) => (
        <KindCards page={page} kind={kind} samples={samples} rules={rules} />
      ))}
    </Frame>
  );
};

type CardsInput = {
  readonly page: Page;
  readonly kind: MessageKind;
  readonly samples: readonly ChatMessage[];
  readonly rules: PreviewData['rules'];
};

const KindCards = ({ page, kind, samples, rules }: CardsInput) => (
  <>
    {languages.map((language) => {
      const message = samples.find((each) => each.kind === kind && each.language === language);
      const title = `${page.say(`kind.${kind}`)} · ${page.say(`language.${language}`)}`;
      return (
        <Card title={title} id={`${kind}-${language}`}>
          {message ? (
            platforms.map((platform) => (
              <Tiles page={page} message={message} platform={platform} rules={rules} />
            ))
          ) : (
            <EmptyState title={page.say('preview.missing')} advice={page.say('preview.mend')} />
          )}
        </Card>
      );
    })}
  </>
);

const forms = ['desktop', 'phone'] as const;

const Tiles = ({
  page,
  message,
  platform,
  rules,
}: {
  page: Page;
  message: ChatMessage;
  platform: Platform;
  rules: PreviewData['rules'];
}) => {
  const { say } = page;
  const { payload, plain } = payloads[platform](message);
  const report = rules(platform, payload);
  const json = JSON.stringify(payload, null, 2);
  const name = platformNames[platform];
  return (
    <div class="tiles">
      <p class="tiles-head">
        <strong>{name}</strong> <Badge>{say('frame.simulated')}</Badge>{' '}
        {report.failed.length === 0 ? (
          <span>{say('rules.passed', { passed: report.passed })}</span>
        ) : (
          <span class="failed">{report.failed.join(' · ')}</span>
        )}
      </p>
      {forms.map((form) => (
        <div class={`tile tile-${form}`}>
          <p class="quiet">{say(`preview.${form}`)}</p>
          <div
            class="chat-message"
            lang={message.language}
            data-platform={platform}
            data-payload={json}
          >
            <p>{plain}</p>
          </div>
        </div>
      ))}
      <div class="tile tile-text">
        <p class="quiet">{say('preview.text')}</p>
        <p class="plain-text" lang={message.language}>
          {plain}
        </p>
        <details>
          <summary>JSON</summary>
          <pre class="json" tabindex={0}>
            {json}
          </pre>
        </details>
      </div>
    </div>
  );
};
