/** The form of a wave. */
import type { Item } from '../content/schema.ts';

/** Ids of what a wave asks: the anchors and its rotating items, in the survey's order. */
export const formItems = (items: readonly Item[], rotating: readonly string[]): string[] =>
  items.filter(({ id, role }) => role === 'anchor' || rotating.includes(id)).map(({ id }) => id);
