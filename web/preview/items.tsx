/** What became of each lesson and prompt outside the files: sent, recalled, at risk. */
import { formatNumber } from '../format.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { ScrollTable } from '../parts/scroll-table.tsx';
import type { Page } from '../site.ts';
import type { ItemState } from './data.ts';
import { previewLink } from './query.ts';

/** Every item with its state; its id opens its message. */
export const ItemTable = ({ page, states }: { page: Page; states: readonly ItemState[] }) => {
  const { say, language } = page;
  if (states.length === 0)
    return <EmptyState title={say('items.none')} advice={say('items.none.advice')} />;
  return (
    <ScrollTable id="tabel-isi" caption={say('items.caption')} className="item-table">
      <thead>
        <tr>
          <th scope="col">{say('items.item')}</th>
          <th scope="col">{say('items.kind')}</th>
          <th scope="col" class="number">
            {say('items.sent')}
          </th>
          <th scope="col">{say('items.recalled')}</th>
          <th scope="col">{say('items.at-risk')}</th>
        </tr>
      </thead>
      <tbody>
        {states.map(({ id, kind, title, sent, recalled, ...sources }) => (
          <tr>
            <th scope="row">
              <a href={previewLink(page, { item: id, bagian: null, jenis: null })}>
                {`${id} · ${title[language]}`}
              </a>
            </th>
            <td>{say(`items.${kind}`)}</td>
            <td class="number">{formatNumber(sent, language)}</td>
            <td>{recalled ? <strong>{say('items.yes')}</strong> : say('items.no')}</td>
            <td>
              {standing(sources) === 'safe' ? (
                say('items.safe')
              ) : (
                <strong>{say(`items.${standing(sources)}`, sectionsOf(sources))}</strong>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
};

type Sources = Pick<ItemState, 'atRisk' | 'heldBack'>;

/** How an item stands with its sources: at risk, and with what the files say now still to come where it does not hold yet. */
const standing = ({ atRisk, heldBack }: Sources) => {
  if (atRisk.length > 0) return heldBack ? 'risk' : 'risk-next';
  return heldBack ? 'safe-next' : 'safe';
};

const sectionsOf = ({ atRisk }: Sources) => ({ sections: atRisk.join(', ') });

/** The same of one item in a line. */
export const ItemLine = ({ page, state }: { page: Page; state: ItemState }) => {
  const { say, language } = page;
  const parts = [
    say('items.line.sent', { count: formatNumber(state.sent, language) }),
    say(state.recalled ? 'items.line.recalled' : 'items.line.standing'),
    say(`items.line.${standing(state)}`, sectionsOf(state)),
  ];
  return (
    <p class={state.recalled || standing(state) !== 'safe' ? 'failed' : 'quiet'}>
      {parts.join(' · ')}
    </p>
  );
};
