/** Choices as links: the chosen one is marked, and each keeps the rest of the page's address. */
import type { Language } from '../../core/language.ts';
import { type Page, themes, withQuery } from '../site.ts';

/** A row of links of which one is chosen. */
export const Choice = ({
  label,
  options,
}: {
  label: string;
  options: readonly {
    readonly href: string;
    readonly label: string;
    readonly chosen: boolean;
    readonly title?: string;
    readonly language?: Language;
  }[];
}) => (
  <nav class="choice" aria-label={label}>
    {options.map((option) => (
      <a
        href={option.href}
        aria-current={option.chosen ? 'true' : undefined}
        title={option.title}
        lang={option.language}
        hreflang={option.language}
      >
        {option.label}
      </a>
    ))}
  </nav>
);

const languageNames: readonly { language: Language; label: string; title: string }[] = [
  { language: 'id', label: 'ID', title: 'Bahasa Indonesia' },
  { language: 'en', label: 'EN', title: 'English' },
];

/** id | en, on the same page with the same query. */
export const LanguageSwitch = ({ page }: { page: Page }) => (
  <Choice
    label={page.say('frame.language')}
    options={languageNames.map(({ language, label, title }) => ({
      href: withQuery(page.path, page.query, { bahasa: language }),
      label,
      title,
      language,
      chosen: language === page.language,
    }))}
  />
);

/** Light, dark or as the device says; remembered in a cookie. */
export const ThemeSwitch = ({ page }: { page: Page }) => (
  <Choice
    label={page.say('frame.theme')}
    options={themes.map((theme) => ({
      href: withQuery(page.path, page.query, { tema: theme }),
      label: page.say(`frame.theme.${theme}`),
      chosen: theme === page.theme,
    }))}
  />
);
