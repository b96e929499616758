/** The frame of every page: skip link, masthead with switches, the page, its foot. */
import { html, raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { Page } from '../site.ts';
import { Badge } from './badge.tsx';
import { LanguageSwitch, ThemeSwitch } from './switches.tsx';

/** A whole document; `islands` are the scripts of `/aset/` this page starts. */
export const Frame = ({
  page,
  title,
  islands = [],
  wide = false,
  children,
}: {
  page: Page;
  title: string;
  islands?: readonly string[];
  wide?: boolean;
  children?: Child;
}) => {
  const { language, theme, say, site } = page;
  return html`${raw('<!doctype html>')}${(
    <html lang={language} data-theme={theme}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={theme === 'system' ? 'light dark' : theme} />
        <title>{`${title} · Langkah`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/aset/langkah.css" />
        {islands.map((name) => (
          <script type="module" src={`/aset/${name}.js`}></script>
        ))}
      </head>
      <body class={wide ? 'wide' : ''}>
        <a class="skip" href="#isi">
          {say('frame.skip')}
        </a>
        <Masthead page={page} />
        <main id="isi" tabindex={-1}>
          {children}
        </main>
        <footer class="foot">
          <p>
            {site.agency[language]} · {say('frame.threshold')}
          </p>
          {site.simulated ? <p>{say('frame.sample')}</p> : null}
        </footer>
      </body>
    </html>
  )}`;
};

/** A page below another one, as a survey period's below the dashboard, lies within it. */
const currentOf = (href: string, path: string): 'page' | 'true' | undefined => {
  if (href === path) return 'page';
  return href !== '/' && path.startsWith(`${href}/`) ? 'true' : undefined;
};

const Masthead = ({ page }: { page: Page }) => {
  const { say, site, language, viewer } = page;
  return (
    <header class="masthead">
      <div class="masthead-row">
        <p class="brand">
          Langkah {site.simulated ? <Badge>{say('frame.simulated')}</Badge> : null}
        </p>
        <nav aria-label={say('frame.pages')}>
          <ul class="plain-list">
            {site.links.map(({ href, label }) => (
              <li>
                <a href={`${href}?bahasa=${language}`} aria-current={currentOf(href, page.path)}>
                  {label[language]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="masthead-end">
          {viewer ? (
            <p class="viewer">
              <span class="quiet">{say('frame.viewer')}</span> {viewer[language]}
            </p>
          ) : null}
          <LanguageSwitch page={page} />
          <ThemeSwitch page={page} />
        </div>
      </div>
    </header>
  );
};
