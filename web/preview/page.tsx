/** The author's page: every kind of message in every form, what is wrong with the files, and what was sent of them. */
import { Card } from '../parts/card.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { Frame } from '../parts/frame.tsx';
import { Notice } from '../parts/notice.tsx';
import { Tabs } from '../parts/tabs.tsx';
import type { Page } from '../site.ts';
import type { Contents, ItemState, Kind, PreviewData } from './data.ts';
import { FaultBanner } from './faults.tsx';
import { Filters, kindName, Neighbours } from './filters.tsx';
import { ItemLine, ItemTable } from './items.tsx';
import { type PreviewQuery, previewLink, previewTabs, wishOf } from './query.ts';
import { SampleTiles } from './tiles.tsx';

type PageInput = {
  readonly page: Page;
  readonly query: PreviewQuery;
  readonly contents: Contents;
  readonly states: readonly ItemState[];
  readonly rules: PreviewData['rules'];
  readonly following: boolean;
};

/** The page; whatever the island replaces after a save carries `data-live`. */
export const PreviewPage = (input: PageInput) => {
  const { page, query, contents, states, following } = input;
  const { say } = page;
  return (
    <Frame page={page} title={say('preview.title')} islands={['preview']} wide>
      <h1>{say('preview.title')}</h1>
      <p class="lead">{say('preview.lead')}</p>
      <Follows page={page} following={following} />
      <div id="galat" data-live>
        <FaultBanner page={page} faults={contents.faults} />
      </div>
      <Tabs
        label={say('preview.tabs')}
        tabs={previewTabs.map((tab) => ({
          href: previewLink(page, { bagian: tab === 'pesan' ? null : tab }),
          label: say(`preview.tab.${tab}`),
          current: tab === query.tab,
        }))}
      />
      {query.tab === 'isi' ? (
        <div id="isi-langsung" class="live-part" data-live>
          <ItemTable page={page} states={states} />
        </div>
      ) : (
        <>
          <div id="saringan" data-live>
            <Filters page={page} query={query} contents={contents} />
            <Unknown page={page} query={query} />
          </div>
          <div id="isi-langsung" class="live-part" data-live>
            <Neighbours page={page} query={query} contents={contents} />
            {query.kinds.map((kind) => (
              <KindCards {...input} kind={kind} />
            ))}
          </div>
        </>
      )}
    </Frame>
  );
};

/** Whether the page follows the files; the island says here when it has. */
const Follows = ({ page: { say }, following }: { page: Page; following: boolean }) => (
  <>
    <p
      class="quiet follows"
      id="kabar"
      role="status"
      data-following={say('preview.following')}
      data-updated={say('preview.updated', { time: '{time}' })}
      data-faulty={say('preview.faulty', { time: '{time}' })}
      data-lost={say('preview.lost')}
    >
      {following ? '' : say('preview.not-following')}
    </p>
    <noscript>
      <p class="notice">{say('preview.noscript')}</p>
    </noscript>
  </>
);

/** What the address asked for and the content does not have. */
const Unknown = ({ page, query }: { page: Page; query: PreviewQuery }) => (
  <>
    {query.unknown.map(({ name, found }) => (
      <Notice>{page.say('preview.unknown', { name, found })}</Notice>
    ))}
  </>
);

const KindCards = ({ page, query, contents, states, rules, kind }: PageInput & { kind: Kind }) => {
  const { say } = page;
  const wish = wishOf(query, kind);
  const samples = contents.samples(wish);
  const platforms = kind.platforms.filter((platform) => query.platforms.includes(platform));
  const state = states.find(({ id }) => id === (kind.of === null ? null : query[kind.of]));
  return (
    <>
      {query.languages.map((language) => {
        const shown = samples.filter((sample) => sample.language === language);
        // Two notices may have one title: their keys keep them apart.
        const own = kind.title === null ? state?.id : kind.id;
        const name = [kindName(page, kind), own].filter((part) => part !== undefined).join(' ');
        return (
          <Card title={`${name} · ${say(`language.${language}`)}`} id={`${kind.id}-${language}`}>
            {state === undefined ? null : <ItemLine page={page} state={state} />}
            {shown.length === 0 ? (
              <EmptyState title={say('preview.missing')} advice={say('preview.mend')} />
            ) : null}
            {platforms.length === 0 ? (
              <EmptyState
                title={say('preview.elsewhere')}
                advice={say('preview.elsewhere.advice')}
              />
            ) : (
              shown.map((sample) => (
                <SampleTiles
                  page={page}
                  query={query}
                  rules={rules}
                  faults={contents.faultsOf(wish)}
                  sample={sample}
                  platforms={platforms}
                />
              ))
            )}
          </Card>
        );
      })}
    </>
  );
};
