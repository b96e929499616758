/** Indonesian first, English second: every text a person reads exists in both. */

export const languages = ['id', 'en'] as const;
export type Language = (typeof languages)[number];

/** Whose customs numbers and dates follow. */
export const locales: Readonly<Record<Language, string>> = { id: 'id-ID', en: 'en-GB' };

/** One text in both languages. */
export type Text = { readonly id: string; readonly en: string };

/** Puts `values` into the `{name}` holes of `template`; an unknown hole is an error, never shown to a person. */
export const fill = (template: string, values: Readonly<Record<string, string | number>>): string =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`no value for {${name}} in "${template}"`);
    return String(value);
  });
