/** What one user object of Slack says of a member. */
import type { Member, MemberStatus } from '../../../core/people/member.ts';
import {
  filled,
  maybe,
  perhaps,
  type Read,
  readOr,
  shape,
  text,
  truth,
} from '../../../core/shape.ts';

const flag = maybe(truth);
/** What is read of a user object. */
export const userShape = shape({
  id: filled,
  deleted: flag,
  is_bot: flag,
  is_restricted: flag,
  is_ultra_restricted: flag,
  is_stranger: flag,
  tz: perhaps(text),
  profile: maybe(shape({ email: perhaps(text) })),
});
type User = Read<typeof userShape>;

/** What Slack's user object says; null for bots and for what is no user. */
export const memberOf = (user: unknown): Member | null => {
  const read = readOr(userShape, user);
  if (read === null || read.is_bot || read.id === 'USLACKBOT') return null;
  const { id: userId, tz, profile } = read;
  return {
    userId,
    email: profile?.email || null,
    zone: tz || null,
    status: statusOf(read),
  };
};

const statusOf = (user: User): MemberStatus => {
  if (user.deleted) return 'gone';
  return user.is_restricted || user.is_ultra_restricted || user.is_stranger ? 'guest' : 'staff';
};
