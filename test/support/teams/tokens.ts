/** Keys and tokens of a Bot Connector that exists only in the tests. */
import { exportJWK, generateKeyPair, type JWTVerifyGetKey, SignJWT } from 'jose';
import { teamsClouds } from '../../../bot/teams/microsoft/cloud.ts';

export const appId = '11111111-2222-4333-8444-555555555555';
export const tenantId = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
export const serviceUrl = 'https://smba.trafficmanager.net/apac/';
export const { issuer } = teamsClouds.public;
/** The instant at which every token below is checked. */
export const now = new Date('2026-12-07T01:30:00.000Z');

/** A key that the verifier knows under `kid`, its endorsements beside it. */
export const newKey = async (kid: string, endorsements: readonly string[] | null = ['msteams']) => {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid, ...(endorsements ? { endorsements } : {}) };
  return { kid, jwk, privateKey };
};
export type Key = Awaited<ReturnType<typeof newKey>>;

/** Finds a key by its id, as a key set would. */
export const keySet =
  (keys: readonly Key[]): JWTVerifyGetKey =>
  ({ kid }) => {
    const key = keys.find((one) => one.kid === kid);
    if (key === undefined) throw new Error('unknown key');
    return Promise.resolve(key.jwk);
  };

/** Claims of an honest token. */
export const honestClaims = {
  iss: issuer,
  aud: appId,
  serviceurl: serviceUrl,
  nbf: now.getTime() / 1000 - 60,
  exp: now.getTime() / 1000 + 3_600,
};

/** Signs claims with a key of ours. */
export const signToken = (key: Key, claims: Record<string, unknown> = honestClaims) =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: key.kid })
    .sign(key.privateKey);

/** A typed message as Teams sends it, with `changes` on top. */
export const activityOf = (changes: Readonly<Record<string, unknown>> = {}) => ({
  type: 'message',
  id: '1700000000001',
  timestamp: '2026-12-07T01:29:58.123Z',
  channelId: 'msteams',
  serviceUrl,
  from: { id: '29:abc', aadObjectId: 'oid-sari' },
  recipient: { id: `28:${appId}` },
  conversation: { id: 'a:percakapan', conversationType: 'personal', tenantId },
  channelData: { tenant: { id: tenantId } },
  text: 'bantuan',
  ...changes,
});

/** A press as Teams sends it: the action's data with the card's inputs merged in. */
export const pressOf = (
  { verb, data }: { readonly verb: string; readonly data: object },
  changes: Readonly<Record<string, unknown>> = {},
) =>
  activityOf({
    type: 'invoke',
    name: 'adaptiveCard/action',
    id: 'f:0001',
    replyToId: '1:pesan',
    text: undefined,
    value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
    ...changes,
  });
