/** `langkah teams install`: what a setup policy has left out, person by person. */
import type { Install } from '../../../../bot/teams/microsoft/graph.ts';
import { ConfigError } from '../../../../core/errors.ts';
import type { Address } from '../../../../core/ports.ts';
import type { Database } from '../../../../core/store/database.ts';
import { requestPlan } from '../../../../core/store/outbox/replanning.ts';
import { listWithoutApp, noteApp } from '../../../../core/store/people/gap.ts';
import { appInstall } from '../../../app/teams/out.ts';
import { teamsAccounts } from '../../../app/teams/registrations.ts';
import type { Shell } from '../shell.ts';
import { withStore } from '../store.ts';

type Options = { readonly yes: boolean; readonly database?: string };

/** Counts who lacks the app and, with `yes`, installs it; ends with what came of it, by reason. */
export const installMissing = async (
  shell: Shell,
  options: Options,
  openInstall: (env: Shell['env']) => (address: Address) => Install | null = byGraph,
): Promise<void> => {
  const installFor = openInstall(shell.env);
  await withStore(shell.env, options.database, async (db) => {
    const people = await listWithoutApp(db, 'teams');
    shell.print(`without the app: ${people.length}`);
    if (people.length === 0) return;
    if (!options.yes) return shell.print('nothing was installed; add --yes to install');
    const results = await installAll(db, people, installFor);
    for (const [result, count] of results) shell.print(`  ${result}: ${count}`);
    // Who is in reach now is planned for at the next tick.
    if (results.has(installed)) await db.transaction().execute((trx) => requestPlan(trx));
  });
};

const installed = 'installed';

const installAll = async (
  db: Database,
  people: readonly Address[],
  installFor: (address: Address) => Install | null,
): Promise<ReadonlyMap<string, number>> => {
  const results = new Map<string, number>();
  for (const person of people) {
    const outcome = await (installFor(person)?.(person.userId) ?? notConfigured);
    const result = outcome.state === 'installed' ? installed : outcome.reason;
    results.set(result, (results.get(result) ?? 0) + 1);
    // What may pass by itself is left as it is and tried again by the next run.
    if (outcome.state === 'installed') await noteApp(db, person, null);
    if (outcome.state === 'unreachable') await noteApp(db, person, outcome.reason);
  }
  return results;
};

const notConfigured = { state: 'retry', reason: 'no-catalogue-app', afterSeconds: null } as const;

/** One way a tenant that is registered with an app of its catalogue. */
const byGraph = (env: Shell['env']): ((address: Address) => Install | null) => {
  const { TEAMS_APP_ID, TEAMS_TENANTS, TEAMS_APP_PASSWORD, TEAMS_CATALOG_APPS } = env;
  const config = { TEAMS_APP_ID, TEAMS_TENANTS, TEAMS_APP_PASSWORD, TEAMS_CATALOG_APPS };
  const missing = Object.entries(config).filter(([, value]) => !value);
  if (missing.length > 0)
    throw new ConfigError(`teams install: set ${missing.map(([name]) => name).join(', ')}`);
  const installs = new Map(
    teamsAccounts({ ...config, TEAMS_CLOUD: env['TEAMS_CLOUD'] }).flatMap((account) => {
      const { tenantId, catalogApp } = account;
      const install = catalogApp === null ? null : appInstall(account, catalogApp, fetch);
      return install === null ? [] : [[tenantId, install]];
    }),
  );
  return ({ workspaceId }) => installs.get(workspaceId) ?? null;
};
