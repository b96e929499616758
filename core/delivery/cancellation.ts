/** What an operator stopped: a run, one item of it, or one person's message. */
import type { LocalDate } from '../clock.ts';
import { catalogueItem } from './amendment.ts';

/** A stream on a date, narrowed to an item or a person; null = all of them. */
export type Campaign = {
  readonly stream: string;
  readonly slot: LocalDate;
  readonly item: string | null;
  readonly personId: number | null;
};

type Row = {
  readonly stream: string;
  readonly slot: LocalDate;
  readonly item: string;
  readonly personId: number;
};

/** Whether a row may not go any more because somebody stopped it. */
export type Cancelled = (row: Row) => boolean;

/** The question for many rows: four look-ups each, however many cancellations stand. */
export const cancelledBy = (standing: readonly Campaign[]): Cancelled => {
  const known = new Set(standing.map(nameOf));
  return ({ stream, slot, item, personId }) =>
    known.size > 0 &&
    [null, item, catalogueItem(item)].some((one) =>
      [null, personId].some((person) =>
        known.has(nameOf({ stream, slot, item: one, personId: person })),
      ),
    );
};

const nameOf = ({ stream, slot, item, personId }: Campaign): string =>
  `${stream} ${slot} ${item ?? ''} ${personId ?? 0}`;
