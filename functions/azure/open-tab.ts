/** The personal tab on Azure: pages for everybody, the store for whoever Teams vouches for. */
import type { Hono } from 'hono';
import type { Clock } from '../../core/clock.ts';
import { loadConfig } from '../../core/config.ts';
import { createApp } from '../app/app.ts';
import { openTab } from '../app/teams/tab.ts';
import type { Context } from '../jobs/context.ts';
import { type Env, openParts } from './parts.ts';

/** The web application of the tab around the jobs' context; throws ConfigError when a setting is missing. */
export const openTabPages = (env: Env, clock: Clock, context: () => Promise<Context>): Hono => {
  const { log } = openParts(env, clock);
  const pages = openTab(loadConfig(env), { context, fetch, clock });
  return createApp({ slack: null, teams: null, ballots: null, pages, log });
};
