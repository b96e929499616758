/** Tokens and activities of somebody who would like to be taken for Microsoft; each must be refused. */
import { createHmac } from 'node:crypto';
import { UnsecuredJWT } from 'jose';
import { activityOf, honestClaims, type Key, newKey, now, signToken } from './tokens.ts';

/** Keys of the key set: one for Teams, one for another channel, one that names none. */
export const known = await newKey('known');
export const elsewhere = await newKey('elsewhere', ['directline']);
export const unendorsed = await newKey('unendorsed', null);
/** Has the id of the known key and another secret. */
const stranger = { ...(await newKey('known')), jwk: known.jwk };

/** The header of a request signed with a key. */
export const bearer = async (
  claims: Record<string, unknown> = honestClaims,
  key: Key = known,
): Promise<string> => `Bearer ${await signToken(key, claims)}`;

const seconds = now.getTime() / 1000;
const without = (name: string) =>
  Object.fromEntries(Object.entries(honestClaims).filter(([claim]) => claim !== name));
const [head = '', middle = '', tail = ''] = (await signToken(known)).split('.');
const hmacToken = async (): Promise<string> => {
  const header = Buffer.from(JSON.stringify({ alg: 'HS256', kid: 'known' })).toString('base64url');
  const secret = JSON.stringify(known.jwk);
  const mark = createHmac('sha256', secret).update(`${header}.${middle}`).digest('base64url');
  return `Bearer ${header}.${middle}.${mark}`;
};
const otherUrl = 'https://smba.infra.gcc.teams.microsoft.com/gcc';
const foreign = 'https://smba.trafficmanager.net.contoh.example/apac/';
/** Honest claims for another service URL. */
export const on = (url: string) => ({ ...honestClaims, serviceurl: url });

/** Each forgery: what the header says, and the activity it comes with. */
export const forgeries: Readonly<
  Record<string, () => Promise<readonly [string | null, unknown?]>>
> = {
  'no header': async () => [null],
  'an empty bearer': async () => ['Bearer '],
  'another scheme': async () => [`Basic ${(await bearer()).slice(7)}`],
  'words after the token': async () => [`${await bearer()} more`],
  'no token at all': async () => ['Bearer abc.def.ghi'],
  'an unsigned token': async () => [`Bearer ${new UnsecuredJWT(honestClaims).encode()}`],
  'a signature of the public key as a secret': async () => [await hmacToken()],
  'a signature of another key': async () => [await bearer(honestClaims, stranger)],
  'an unknown key id': async () => [await bearer(honestClaims, { ...known, kid: 'nobody' })],
  'a changed payload': async () => [
    `Bearer ${head}.${Buffer.from(JSON.stringify(on(otherUrl))).toString('base64url')}.${tail}`,
  ],
  'a cut signature': async () => [`Bearer ${head}.${middle}.${tail.slice(0, -8)}`],
  'no signature': async () => [`Bearer ${head}.${middle}.`],
  'another audience': async () => [await bearer({ ...honestClaims, aud: 'someone-else' })],
  'no audience': async () => [await bearer(without('aud'))],
  'another issuer': async () => [await bearer({ ...honestClaims, iss: 'https://sts.example' })],
  'no issuer': async () => [await bearer(without('iss'))],
  'an end six minutes ago': async () => [await bearer({ ...honestClaims, exp: seconds - 360 })],
  'no end': async () => [await bearer(without('exp'))],
  'a start in six minutes': async () => [await bearer({ ...honestClaims, nbf: seconds + 360 })],
  'another service URL': async () => [await bearer(on(otherUrl))],
  'no service URL in the token': async () => [await bearer(without('serviceurl'))],
  'no service URL in the activity': async () => [
    await bearer(),
    activityOf({ serviceUrl: undefined }),
  ],
  'no service URL anywhere': async () => [
    await bearer(without('serviceurl')),
    activityOf({ serviceUrl: undefined }),
  ],
  'a foreign host in token and activity': async () => [
    await bearer(on(foreign)),
    activityOf({ serviceUrl: foreign }),
  ],
  'a service URL without TLS': async () => [
    await bearer(on('http://smba.trafficmanager.net/apac/')),
    activityOf({ serviceUrl: 'http://smba.trafficmanager.net/apac/' }),
  ],
  'a key endorsed for another channel': async () => [await bearer(honestClaims, elsewhere)],
  'another channel': async () => [await bearer(), activityOf({ channelId: 'webchat' })],
  'no channel': async () => [await bearer(), activityOf({ channelId: undefined })],
  'a tenant that is not ours': async () => [
    await bearer(),
    activityOf({ conversation: { id: 'a:x', tenantId: 'other' }, channelData: {} }),
  ],
  'two different tenants': async () => [
    await bearer(),
    activityOf({ channelData: { tenant: { id: 'other' } } }),
  ],
  'no tenant': async () => [
    await bearer(),
    activityOf({ conversation: { id: 'a:x' }, channelData: {} }),
  ],
  'a body that is no JSON': async () => [await bearer(), '{"type":'],
  'an empty body': async () => [await bearer(), 'null'],
};
