/** Text put into markup by hand, where a large table is too slow to build node by node. */

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The text as markup, safe between tags and inside quoted attributes. */
export const escapeText = (text: string): string =>
  text.replace(/[&<>"']/g, (found) => entities[found] ?? found);
