/** Marks in the store of what counts once in a wave: a box, a link, a reminder. */
import { createHmac, randomBytes } from 'node:crypto';

/** ballot = a box that came by a link; link = a link that was used; link/told = its refusal; reminded = a reminder that went. */
export type MarkKind = 'ballot' | 'link' | 'link/told' | 'reminded';

/** The mark of one thing. What it marks only a holder of the wave's secret can tell, and nobody once that is gone. */
export const waveMark = (
  secret: string,
  { kind, of }: { readonly kind: MarkKind; readonly of: string },
): string =>
  `${kind}/${createHmac('sha256', Buffer.from(secret, 'base64url')).update(`${kind}:${of}`).digest('base64url')}`;

/** The mark of one person's reminder; its item is `wave/number`. */
export const remindedMark = (
  secret: string,
  { item, personId }: { readonly item: string; readonly personId: number },
): string => waveMark(secret, { kind: 'reminded', of: `${item}:${personId}` });

/** A mark of nothing, which without the wave's secret looks like any other. */
export const blankMark = (kind: MarkKind): string =>
  `${kind}/${randomBytes(32).toString('base64url')}`;
