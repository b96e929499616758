/** The personal tab as a host with the store serves it: its pages, and what they load. */
import { Hono } from 'hono';
import { tabPath } from '../../../bot/teams/manifest.ts';
import { teamsCloud } from '../../../bot/teams/microsoft/cloud.ts';
import { entraMetadataUrl, teamsSignIn } from '../../../bot/teams/microsoft/sign-in.ts';
import { openIdKeys } from '../../../bot/teams/verify.ts';
import type { Clock } from '../../../core/clock.ts';
import type { DoorConfig } from '../../../core/config.ts';
import { tabRoutes } from '../../../web/tab/routes.tsx';
import type { Context } from '../../jobs/context.ts';
import { assetRoutes, tabAssets } from '../assets.ts';
import { teamsRegistrations } from './registrations.ts';
import { tabData } from './tab-data.ts';

type Settings = Pick<DoorConfig, 'TEAMS_APP_ID' | 'TEAMS_TENANTS'> & {
  readonly TEAMS_CLOUD?: string | undefined;
  readonly TEAMS_TAB_HOST?: string | undefined;
};

type Parts = {
  /** Opened for the first reader for whom Teams vouches, and for nobody else. */
  readonly context: () => Promise<Context>;
  readonly fetch: typeof fetch;
  readonly clock: Pick<Clock, 'now'>;
};

/** Everything below `/teams/tab` and its files; null where the agency has no tab. */
export const openTab = (settings: Settings, { context, fetch, clock }: Parts): Hono | null => {
  const { TEAMS_TAB_HOST: host } = settings;
  if (host === undefined) return null;
  const { now } = clock;
  const cloud = teamsCloud(settings.TEAMS_CLOUD);
  const signIn = teamsSignIn({
    registrations: teamsRegistrations(settings),
    cloud,
    host,
    keysOf: (tenant) => openIdKeys({ fetch, metadataUrl: entraMetadataUrl(cloud, tenant), now }),
    now,
  });
  const app = new Hono();
  app.route('/', assetRoutes(tabAssets));
  const { frames } = cloud;
  app.route('/', tabRoutes(tabData(context, signIn), { path: tabPath, language: 'id', frames }));
  return app;
};
