/** What a personal link is good for: one sending, and one refusal. */
import type { Transaction } from 'kysely';
import { markOnce } from '../../../core/store/pulse/ballots.ts';
import type { Tables } from '../../../core/store/schema.ts';
import { type MarkKind, waveMark } from '../../../core/survey/ballot/marks.ts';

/** A box, and by which link it came; null for one from a chat. */
type Linked = { readonly cast: { readonly sealed: string }; readonly voter: string | null };

/** The wave's marks as this transaction writes them. */
export type Marks = {
  readonly trx: Transaction<Tables>;
  readonly secret: string;
  readonly now: Date;
};

/**
 * One sending per link. A box that comes a second time off the queue is neither fresh nor a second use: it is passed
 * over in silence.
 */
export const useLinks = async <Box extends Linked>(
  marks: Marks,
  boxes: readonly Box[],
): Promise<{ readonly fresh: readonly Box[]; readonly used: readonly Box[] }> => {
  const linked = boxes.filter(({ voter }) => voter !== null);
  const boxMark = ({ cast }: Box): string => mark(marks, 'ballot', cast.sealed);
  const linkMark = ({ voter }: Box): string => mark(marks, 'link', voter ?? '');
  const newBoxes = new Set(await markOnce(marks.trx, linked.map(boxMark), marks.now));
  const first = linked.filter((box) => newBoxes.delete(boxMark(box)));
  const newLinks = new Set(await markOnce(marks.trx, first.map(linkMark), marks.now));
  const used = first.filter((box) => !newLinks.delete(linkMark(box)));
  const passed = new Set(linked.filter((box) => !first.includes(box) || used.includes(box)));
  return { fresh: boxes.filter((box) => !passed.has(box)), used };
};

/** A refusal once per link: whoever sends through it again and again shall not fill a chat with our answers. */
export const toldOnce = async <Box extends Linked>(
  marks: Marks,
  refused: readonly Box[],
): Promise<readonly Box[]> => {
  const told = ({ voter }: Box): string => mark(marks, 'link/told', voter ?? '');
  const linked = refused.filter(({ voter }) => voter !== null);
  const untold = new Set(await markOnce(marks.trx, linked.map(told), marks.now));
  return refused.filter((box) => box.voter === null || untold.delete(told(box)));
};

const mark = ({ secret }: Marks, kind: MarkKind, of: string): string =>
  waveMark(secret, { kind, of });
