/** Comments by theme, each list of ten and more, beside no figure. */
import { aspects } from '../../../core/content/schema.ts';
import { groupOf } from '../../../core/results/read.ts';
import type { CommentList, Group, Release } from '../../../core/results/release.ts';
import { formatDate } from '../../format.ts';
import { Card } from '../../parts/card.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { groupName } from '../../results/figures.ts';
import type { Page } from '../../site.ts';
import { ClosedOn, WaveChoice } from './choices.tsx';
import type { TabInput } from './tab.ts';

/** Komentar. */
export const commentsTab = (input: TabInput) => {
  const { page, release } = input;
  const { say } = page;
  const lists = release.comments ?? [];
  return (
    <>
      <Card title={say('comments.title')} id="komentar">
        <div class="choices">
          <WaveChoice {...input} />
        </div>
        <p class="quiet">{say('comments.note')}</p>
        {lists.length === 0 ? (
          <EmptyState
            title={say('comments.none', { date: formatDate(release.closedOn, page.language) })}
            advice={say('comments.none.advice')}
          />
        ) : null}
      </Card>
      {lists.map((list) => {
        const group = groupOf(release, list.unit);
        return group === undefined ? null : (
          <Scope page={page} release={release} group={group} list={list} />
        );
      })}
    </>
  );
};

const Scope = ({
  page,
  release,
  group,
  list,
}: {
  page: Page;
  release: Release;
  group: Group;
  list: CommentList;
}) => (
  <Card title={groupName(release, group)} id={`komentar-${list.unit}`}>
    <ClosedOn page={page} release={release} />
    {list.themes.map(({ theme, comments }) => (
      <>
        <h3>{themeWord(page, theme)}</h3>
        <ul class="comments">
          {comments.map((comment) => (
            <li>{comment}</li>
          ))}
        </ul>
      </>
    ))}
  </Card>
);

/** The aspect a comment is about; what fits none is "other". */
const themeWord = ({ say }: Page, theme: string): string => {
  const aspect = aspects.find((each) => each === theme);
  return aspect === undefined ? say('comments.other') : say(`aspect.${aspect}`);
};
