/** A member of a chat workspace as its directory tells: whom our people are matched with, by rule. */

/**
 * `staff` may be matched with a person of the roster; a `guest` only where the roster names the id; `gone` are
 * deactivated accounts. Bots are no members.
 */
export type MemberStatus = 'staff' | 'guest' | 'gone';

export type Member = {
  readonly userId: string;
  /** Null where the directory may not or does not tell. */
  readonly email: string | null;
  /** IANA name; null where the directory tells none that we know. Never an offset, which changes with the season. */
  readonly zone: string | null;
  readonly status: MemberStatus;
};

/**
 * Zones of the country. The first zone a chat tells counts only if it is one of them: an account that was never set up
 * shows the product's own, thousands of kilometres away. A later change is somebody's own and counts wherever they are.
 */
export const homeZones = [
  'Asia/Jakarta',
  'Asia/Pontianak',
  'Asia/Makassar',
  'Asia/Jayapura',
] as const;

/** Why a person is not reached in any chat. */
export type UnmatchedReason =
  | 'no-email'
  | 'email-twice'
  | 'not-found'
  | 'not-looked'
  | 'unreachable';
