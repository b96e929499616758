/** The preview's filters: one form that needs no script, and a step to the neighbour on either side. */
import type { Child } from 'hono/jsx';
import { languages } from '../../core/language.ts';
import { platforms } from '../../core/ports.ts';
import { oneOf, type Page } from '../site.ts';
import { type Contents, type Item, type Kind, kindGroups, ownKinds } from './data.ts';
import { platformNames } from './payloads.ts';
import { allKinds, choosable, type PreviewQuery, previewLink, widths } from './query.ts';

type FiltersInput = {
  readonly page: Page;
  readonly query: PreviewQuery;
  readonly contents: Contents;
};

/** A kind's name: the page's own words, or a notice's title. */
export const kindName = ({ say, language }: Page, { id, title }: Kind): string => {
  const own = oneOf(ownKinds, id);
  return own === null ? (title?.[language] ?? id) : say(`kind.${own}`);
};

/** Kind, item, platform, language and width. */
export const Filters = ({ page, query, contents }: FiltersInput) => {
  const { say } = page;
  const items = choosable(query, contents.items);
  return (
    <form class="preview-filters" method="get" action={page.path}>
      {page.query.has('bahasa') ? (
        <input type="hidden" name="bahasa" value={page.language} />
      ) : null}
      <Select name="jenis" label={say('preview.kind')}>
        <KindOptions page={page} query={query} contents={contents} />
      </Select>
      {items.length === 0 ? null : (
        <Select name="item" label={say('preview.item')}>
          <ItemOptions page={page} query={query} items={items} />
        </Select>
      )}
      <Several page={page} name="platform" label={say('preview.platform')}>
        {platforms.map((each) => (
          <option value={each} selected={isOnly(query.platforms, each)}>
            {platformNames[each]}
          </option>
        ))}
      </Several>
      <Several page={page} name="dalam" label={say('preview.language')}>
        {languages.map((each) => (
          <option value={each} selected={isOnly(query.languages, each)}>
            {say(`language.${each}`)}
          </option>
        ))}
      </Several>
      <Several page={page} name="lebar" label={say('preview.width')}>
        {widths.map((each) => (
          <option value={each} selected={isOnly(query.widths, each)}>
            {say(`preview.width.${each}`)}
          </option>
        ))}
      </Several>
      <button type="submit" class="primary">
        {say('choice.show')}
      </button>
    </form>
  );
};

const isOnly = <T extends string>(chosen: readonly T[], value: T): boolean =>
  chosen.length === 1 && chosen[0] === value;

const Select = ({ name, label, children }: { name: string; label: string; children?: Child }) => (
  <p class={`filter filter-${name}`}>
    <label for={`pilih-${name}`}>{label}</label>
    <select id={`pilih-${name}`} name={name}>
      {children}
    </select>
  </p>
);

/** A select whose first choice is everything. */
const Several = ({
  page,
  name,
  label,
  children,
}: {
  page: Page;
  name: string;
  label: string;
  children?: Child;
}) => (
  <Select name={name} label={label}>
    <option value="">{page.say('preview.every')}</option>
    {children}
  </Select>
);

const KindOptions = ({ page, query, contents }: FiltersInput) => (
  <>
    {kindGroups.map((group) => (
      <optgroup label={page.say(`preview.group.${group}`)}>
        {contents.kinds
          .filter((kind) => kind.group === group)
          .map((kind) => (
            <option value={kind.id} selected={!query.all && query.kinds.includes(kind)}>
              {kindName(page, kind)}
              {kind.title === null ? '' : ` (${kind.id})`}
            </option>
          ))}
      </optgroup>
    ))}
    <option value={allKinds} selected={query.all}>
      {page.say('preview.all')}
    </option>
  </>
);

const ItemOptions = ({
  page,
  query,
  items,
}: {
  page: Page;
  query: PreviewQuery;
  items: readonly Item[];
}) => (
  <>
    {(['lesson', 'prompt'] as const).map((kind) => {
      const some = items.filter((item) => item.kind === kind);
      return some.length === 0 ? null : (
        <optgroup label={page.say(`preview.items.${kind}`)}>
          {some.map(({ id, title }) => (
            <option value={id} selected={id === query.item}>
              {`${id} · ${title[page.language]}`}
            </option>
          ))}
        </optgroup>
      );
    })}
  </>
);

/** Links to the item, or else the kind, before and after the one shown. */
export const Neighbours = ({ page, query, contents }: FiltersInput) => {
  const [kind] = query.kinds;
  if (query.all || kind === undefined) return null;
  const row =
    kind.of === null
      ? contents.kinds.map((each) => ({
          id: each.id,
          name: kindName(page, each),
          href: previewLink(page, { jenis: each.id, item: null }),
        }))
      : choosable(query, contents.items).map(({ id, title }) => ({
          id,
          name: `${id} · ${title[page.language]}`,
          href: previewLink(page, { item: id }),
        }));
  const at = row.findIndex(({ id }) => id === (kind.of === null ? kind.id : query[kind.of]));
  const before = row[at - 1];
  const after = row[at + 1];
  return (
    <nav class="neighbours" aria-label={page.say('preview.neighbours')}>
      {before === undefined ? null : (
        <a href={before.href} rel="prev">
          {page.say('preview.before', { name: before.name })}
        </a>
      )}
      {after === undefined ? null : (
        <a href={after.href} rel="next">
          {page.say('preview.after', { name: after.name })}
        </a>
      )}
    </nav>
  );
};
