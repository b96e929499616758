/** The form of a wave. */
import type { Item } from '../content/schema.ts';

/** How an agency's people give their ballots: inside the chat, or on a page of the agency's own. */
export const ballotModes = ['chat', 'web'] as const;
export type BallotMode = (typeof ballotModes)[number];

/** Path of the form below the agency's own address; a link's token follows it. */
export const ballotPath = '/suara';

/** Ids of what a wave asks: the anchors and its rotating items, in the survey's order. */
export const formItems = (items: readonly Item[], rotating: readonly string[]): string[] =>
  items.filter(({ id, role }) => role === 'anchor' || rotating.includes(id)).map(({ id }) => id);

/** What a wave asks, in its order; throws when the survey has lost an item meanwhile. */
export const askedItems = (
  items: readonly Item[],
  wave: { readonly id: string; readonly items: readonly string[] },
): readonly Item[] =>
  wave.items.map((id) => {
    const item = items.find((known) => known.id === id);
    if (item === undefined) throw new Error(`wave ${wave.id} asks ${id}, which the survey lacks`);
    return item;
  });
