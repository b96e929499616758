/** Teams on this machine: tenant, door and client wired as in production. */
import { teamsChat } from '../../../bot/teams/chat.ts';
import { connectorClient } from '../../../bot/teams/client.ts';
import { teamsDoor } from '../../../bot/teams/door.ts';
import { openIdKeys, teamsVerifier } from '../../../bot/teams/verify.ts';
import type { ChatParts } from '../chat/parts.ts';
import { teamsActor } from '../chat/teams/actor.ts';
import { createTeamsTenant, localHosts } from '../chat/teams/tenant.ts';
import { refusingUser } from '../sample/agency.ts';
import { teamsTenant } from '../story/agency.ts';

const appId = '00000000-0000-4000-8000-00000000b07a';

/** Opens the local tenant with everything of ours around it. */
export const openTeams = async (parts: ChatParts) => {
  const { clock, catalogue, queue, log, ticketKey } = parts;
  const tenant = await createTeamsTenant({
    clock,
    appId,
    tenantId: teamsTenant,
    refuses: (userId) => userId === refusingUser,
    fault: parts.fault,
    save: parts.save,
    stored: parts.stored,
  });
  const { fetch, metadataUrl, issuer, token, serviceUrl } = tenant;
  const verify = teamsVerifier({
    registrations: [{ tenantId: teamsTenant, appId }],
    issuer,
    keys: openIdKeys({ fetch, metadataUrl, now: clock.now }),
    now: clock.now,
    hosts: localHosts,
  });
  const door = teamsDoor({ verify, ticketKey, catalogue, queue, clock, log });
  const client = connectorClient({ token, fetch, allowedHosts: localHosts });
  return {
    door,
    chat: teamsChat({ client, appId, serviceUrl }),
    actor: teamsActor(tenant, door),
  };
};
