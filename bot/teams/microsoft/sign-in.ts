/** Who opens the personal tab: the token with which Teams vouches for its user, checked without an SDK. */
import * as jose from 'jose';
import * as z from 'zod';
import type { Address } from '../../../core/ports.ts';
import { tabResource } from '../manifest.ts';
import type { TeamsRegistration } from '../verify.ts';
import type { TeamsCloud } from './cloud.ts';

/** The person behind an `Authorization` header; null for anything but an honest token. */
export type SignIn = (authorization: string | null) => Promise<Address | null>;

type Entra = Pick<TeamsCloud, 'login' | 'olderIssuer'>;

/** Where a tenant's signing keys are described. */
export const entraMetadataUrl = ({ login }: Entra, tenantId: string): string =>
  `${login}/${encodeURIComponent(tenantId)}/v2.0/.well-known/openid-configuration`;

/** Both versions of tokens that Entra ID gives, by the setting of the app registration. */
const issuersOf = ({ login, olderIssuer }: Entra, tenantId: string): string[] => [
  `${login}/${tenantId}/v2.0`,
  `${olderIssuer}/${tenantId}/`,
];

/** `access_as_user` is the scope that the registration exposes to Teams and to nobody else. */
const claimsSchema = z.object({
  oid: z.string().min(1),
  tid: z.string(),
  scp: z.string().refine((scopes) => scopes.split(' ').includes('access_as_user')),
});

/** Clock difference that tokens may have, in seconds. */
const skewSeconds = 300;

/** Checks signature, issuer, audience, tenant and scope (learn.microsoft.com/microsoftteams/platform/tabs/how-to/authentication/tab-sso-overview). */
export const teamsSignIn = (settings: {
  readonly registrations: readonly TeamsRegistration[];
  /** The cloud in which the tenants lie. */
  readonly cloud: Entra;
  /** Host of the tab, part of the audience. */
  readonly host: string;
  /** Signing keys of a tenant. */
  readonly keysOf: (tenantId: string) => jose.JWTVerifyGetKey;
  readonly now: () => Date;
}): SignIn => {
  const { registrations, cloud, host, keysOf, now } = settings;
  const tenants = new Map(
    registrations.map(({ tenantId, appId }) => [tenantId, { appId, keys: keysOf(tenantId) }]),
  );
  return async (authorization) => {
    const [scheme = '', token = '', ...rest] = (authorization ?? '').split(' ');
    if (scheme.toLowerCase() !== 'bearer' || rest.length > 0) return null;
    try {
      // Only to know whose keys to ask; nothing of it is believed before the signature is checked.
      const { tid } = jose.decodeJwt<{ tid?: string }>(token);
      const tenant = tenants.get(tid ?? '');
      if (tid === undefined || tenant === undefined) return null;
      const { payload } = await jose.jwtVerify(token, tenant.keys, {
        algorithms: ['RS256'],
        issuer: issuersOf(cloud, tid),
        audience: [tenant.appId, tabResource(host, tenant.appId)],
        clockTolerance: skewSeconds,
        currentDate: now(),
        requiredClaims: ['exp'],
      });
      const { oid } = claimsSchema.parse(payload);
      return {
        platform: 'teams',
        workspaceId: tid,
        userId: oid,
        conversation: null,
        serviceUrl: null,
      };
    } catch {
      return null;
    }
  };
};
