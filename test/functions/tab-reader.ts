/** A person who opens the personal tab on a deployed host, and the Entra ID that vouches for them. */
import { SignJWT } from 'jose';
import { actionIds } from '../../core/conversation/message.ts';
import { actionValue } from '../../core/conversation/values.ts';
import { newKey } from '../support/teams/tokens.ts';
import { doorSettings } from './one-person.ts';

const tenantId = doorSettings.TEAMS_TENANTS;
export const tabHost = 'langkah.kementerian.example';
const login = 'https://login.microsoftonline.com';
const keysUrl = `${login}/${tenantId}/discovery/v2.0/keys`;

/** Where the person is on Teams. */
export const onTeams = {
  platform: 'teams',
  workspaceId: tenantId,
  userId: 'c0a70c0a-0000-4000-9000-000000000001',
} as const;

/** Once a week. */
export const seldom = { action: actionIds.frequency, value: actionValue('id', '1') };

/** Entra ID behind `fetch`, which serves its keys and nothing else, and what its reader's browser sends. */
export const openReader = async (now: () => Date) => {
  const key = await newKey('entra');
  const asked: string[] = [];
  const serve: typeof fetch = async (input) => {
    const { href } = new URL(input instanceof Request ? input.url : input);
    asked.push(href);
    if (href === keysUrl) return Response.json({ keys: [key.jwk] });
    if (href === `${login}/${tenantId}/v2.0/.well-known/openid-configuration`)
      return Response.json({ jwks_uri: keysUrl });
    throw new TypeError(`nothing goes to ${href}`);
  };
  const token = (changes: Readonly<Record<string, unknown>>): Promise<string> =>
    new SignJWT({
      iss: `${login}/${tenantId}/v2.0`,
      aud: `api://${tabHost}/botid-${doorSettings.TEAMS_APP_ID}`,
      tid: tenantId,
      oid: onTeams.userId,
      scp: 'access_as_user',
      exp: now().getTime() / 1000 + 3_600,
      ...changes,
    })
      .setProtectedHeader({ alg: 'RS256', kid: key.kid })
      .sign(key.privateKey);
  return {
    fetch: serve,
    /** Addresses that were asked for, in order. */
    asked,
    /** Opening the page below the shell, or a press in it; `changes` are what is wrong with the token. */
    ask: async (press = {}, changes: Readonly<Record<string, unknown>> = {}): Promise<Request> =>
      new Request(`https://${tabHost}/teams/tab/home`, {
        method: 'POST',
        headers: { authorization: `Bearer ${await token(changes)}` },
        body: new URLSearchParams(press),
      }),
  };
};
