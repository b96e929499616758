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
        {states.map(({ id, kind, title, sent, recalled, atRisk }) => (
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
              {atRisk.length === 0 ? (
                say('items.no')
              ) : (
                <strong>{say('items.risk', { sections: atRisk.join(', ') })}</strong>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
};

/** The same of one item in a line. */
export const ItemLine = ({ page, state }: { page: Page; state: ItemState }) => {
  const { say, language } = page;
  const parts = [
    say('items.line.sent', { count: formatNumber(state.sent, language) }),
    say(state.recalled ? 'items.line.recalled' : 'items.line.standing'),
    state.atRisk.length === 0
      ? say('items.line.safe')
      : say('items.line.risk', { sections: state.atRisk.join(', ') }),
  ];
  return (
    <p class={state.recalled || state.atRisk.length > 0 ? 'failed' : 'quiet'}>
      {parts.join(' · ')}
    </p>
  );
};
