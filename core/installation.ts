/** An app installed in a chat workspace or in a whole organisation: the tokens we were given, and when they are renewed. */
import * as z from 'zod';
import { hour } from './clock.ts';

/** Where an app is installed: a workspace, inside an organisation or outside of any, or an organisation as a whole. */
export type InstallationPlace = {
  readonly enterpriseId: string | null;
  /** Null when the whole organisation installed it. */
  readonly teamId: string | null;
};

const tokensSchema = z.strictObject({
  access: z.string().min(1),
  /** With `expiresAt` only: tokens of an app without rotation live until they are revoked. */
  refresh: z.string().min(1).nullable(),
  /** ISO instant. */
  expiresAt: z.iso.datetime().nullable(),
});

/** What calls are made with, and what renews it once. */
export type Tokens = Readonly<z.infer<typeof tokensSchema>>;

export const installationSchema = z.strictObject({
  enterpriseId: z.string().min(1).nullable(),
  teamId: z.string().min(1).nullable(),
  appId: z.string().min(1),
  botUserId: z.string().min(1),
  scopes: z.array(z.string()).readonly(),
  tokens: tokensSchema,
  /** ISO instant. */
  installedAt: z.iso.datetime(),
});

export type Installation = Readonly<z.infer<typeof installationSchema>>;

/** Tokens are renewed this long before they end, as the platform's own libraries do. */
const margin = 2 * hour;

/** When tokens must be renewed; null = never. */
export const renewalOf = ({ refresh, expiresAt }: Tokens): Date | null =>
  refresh === null || expiresAt === null ? null : new Date(Date.parse(expiresAt) - margin);

/** What became of tokens that were to be renewed. */
export type Renewal =
  | { readonly state: 'renewed'; readonly tokens: Tokens }
  /** The app must be installed again. */
  | { readonly state: 'refused'; readonly reason: string }
  | { readonly state: 'unclear'; readonly reason: string };

/** Where an installation reaches now. */
export type Reach =
  | { readonly state: 'reaches'; readonly workspaces: readonly string[] }
  /** Its token is no longer accepted. */
  | { readonly state: 'lost'; readonly reason: string }
  | { readonly state: 'unclear'; readonly reason: string };
