/** Events of a workspace rather than of a person: members who come, change or go, and what becomes of the installation. */
import type { InstallationChange } from '../../../core/conversation/event.ts';
import type { InstallationPlace } from '../../../core/installation.ts';
import type { Member } from '../../../core/people/member.ts';
import { readOr } from '../../../core/shape.ts';
import { type Envelope, revokedShape } from '../forms/payloads.ts';
import { memberOf, userShape } from './member.ts';

type Lifecycle =
  | { readonly kind: 'member'; readonly member: Member }
  | { readonly kind: 'installation'; readonly change: InstallationChange };

/** What such an event says to us; null for other events, and for bots. */
export const lifecycleOf = (envelope: Envelope): Lifecycle | null => {
  const { event } = envelope;
  const changed = (lost: boolean, place = placeOf(envelope)): Lifecycle => ({
    kind: 'installation',
    change: { place, lost, reason: event.type },
  });
  switch (event.type) {
    case 'team_join':
    case 'user_change': {
      const member = memberOf(event['user']);
      return member === null ? null : { kind: 'member', member };
    }
    case 'team_access_granted':
    case 'team_access_revoked':
      return changed(false, { ...placeOf(envelope), teamId: null });
    case 'app_uninstalled':
      return changed(true);
    case 'tokens_revoked':
      // Users' tokens are none of ours: only a bot's counts.
      return readOr(revokedShape, event)?.tokens.bot.length ? changed(true) : null;
    default:
      return null;
  }
};

/** The installation an event is for; an organisation's names the workspace of the event beside it. */
const placeOf = ({ team_id, enterprise_id, authorizations }: Envelope): InstallationPlace => {
  const [granted] = authorizations ?? [];
  return {
    enterpriseId: granted?.enterprise_id ?? enterprise_id ?? null,
    teamId: granted?.is_enterprise_install ? null : (team_id ?? granted?.team_id ?? null),
  };
};

/** The workspace an event happened in; one of a whole organisation names none, and stands for the organisation. */
export const workspaceOf = ({ team_id, enterprise_id, authorizations }: Envelope): string => {
  const [granted] = authorizations ?? [];
  return team_id ?? granted?.team_id ?? enterprise_id ?? granted?.enterprise_id ?? '';
};

/** A member's event without the rest of the profile: name, picture and telephone are not needed for anything. */
export const withoutProfile = (event: unknown): unknown => {
  const { user, ...rest } = Object(event) as { readonly user?: unknown };
  const read = readOr(userShape, user);
  return read === null ? event : { ...rest, user: read };
};
