/** Tabs as links: each tab is an address of its own. */

/** A row of tabs; exactly one is current. */
export const Tabs = ({
  label,
  tabs,
}: {
  label: string;
  tabs: readonly { readonly href: string; readonly label: string; readonly current: boolean }[];
}) => (
  <nav class="tabs" aria-label={label}>
    <ul class="plain-list">
      {tabs.map(({ href, label: name, current }) => (
        <li>
          <a href={href} aria-current={current ? 'page' : undefined}>
            {name}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);
