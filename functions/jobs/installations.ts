/** Installed apps behind the queue: kept, looked after and forgotten; their tokens renewed and published. */
import type { ChatEvent } from '../../core/conversation/event.ts';
import { type Installation, type InstallationPlace, renewalOf } from '../../core/installation.ts';
import type { Installer } from '../../core/ports.ts';
import { recordAudit } from '../../core/store/audit.ts';
import {
  findInstallation,
  forgetInstallation,
  type KeptInstallation,
  keepInstallation,
  listUnpublished,
  listWorkspaces,
  nextTokenWork,
  notePublished,
  renewDue,
  resumeLanes,
  setWorkspaces,
} from '../../core/store/people/installations.ts';
import { tokenName } from '../../core/token-name.ts';
import type { Context, Job } from './context.ts';

type Trx = Parameters<typeof keepInstallation>[0];

/** Keeps what the door has sealed: a lane for every workspace it reaches, and a token where the doors look for it. */
export const takeInstallation = async (context: Context, sealed: string): Promise<void> => {
  const installer = installerOf(context);
  const installation = await installer.open(sealed);
  const place = placeOf(installation);
  const reach = await installer.reach(place, installation.tokens.access);
  // Thrown, so that the queue hands it over again: the code it came from works only once.
  if (reach.state !== 'reaches')
    throw new Error(`a new installation is ${reach.state}: ${reach.reason}`);
  const kept = {
    ...place,
    sealed,
    installedAt: new Date(installation.installedAt),
    renewAt: renewalOf(installation.tokens),
  };
  await context.db.transaction().execute(async (trx) => {
    const known = await findInstallation(trx, place);
    // One that was handed over twice, or after a later one, changes nothing.
    if (isSame(known, place) && known !== null && known.installedAt >= kept.installedAt) return;
    await keepInstallation(trx, kept);
    await reachNow(context, trx, { place, workspaces: reach.workspaces, reason: 'not-installed' });
    const detail = { ...place, workspaces: reach.workspaces };
    await audit(context, trx, { act: 'installation.kept', detail });
  });
  await publishAll(context);
};

/** What an event said of an installation; a stale one, from before the last install, says nothing. */
export const changeInstallation = async (
  context: Context,
  event: Extract<ChatEvent, { kind: 'installation' }>,
): Promise<void> => {
  const { place, lost, reason } = event.change;
  if (context.installer === undefined) {
    context.log.warn('installation.unknown', { reason });
    return;
  }
  const installer = context.installer;
  await context.db.transaction().execute(async (trx) => {
    const kept = await findInstallation(trx, place);
    if (kept === null || event.at < kept.installedAt) return;
    if (lost && isSame(kept, place)) return forget(context, trx, { place: kept, reason });
    // A workspace of an organisation came or went: who knows best is asked.
    const { tokens } = await openKept(installer, kept);
    const reach = await installer.reach(kept, tokens.access);
    if (reach.state === 'unclear') throw new Error(`an installation is unclear: ${reach.reason}`);
    if (reach.state === 'lost') return forget(context, trx, { place: kept, reason: reach.reason });
    await reachNow(context, trx, { place: kept, workspaces: reach.workspaces, reason });
  });
  await publishAll(context);
};

/** Tokens out of the secret store first: a crash in between leaves a row that the next event finds again. */
const forget = async (
  context: Context,
  trx: Trx,
  { place, reason }: { readonly place: InstallationPlace; readonly reason: string },
): Promise<void> => {
  const { platform } = installerOf(context);
  for (const id of await publishedAs(trx, place))
    await context.secrets.remove(tokenName(platform, id));
  const { workspaces, lanes } = await forgetInstallation(trx, place, { platform, reason });
  const detail = { ...placeOf(place), workspaces, reason };
  await audit(context, trx, { act: 'installation.forgotten', detail });
  context.log.error('installation.lost', { ...placeOf(place), reason });
  tellPaused(context, lanes, reason);
};

/** As a run over the lane would say it: nobody runs a lane that stands still, so nobody else tells. */
const tellPaused = ({ log }: Context, lanes: readonly number[], reason: string): void => {
  for (const lane of lanes) log.error('lane.paused', { lane, reason });
};

const reachNow = async (
  context: Context,
  trx: Trx,
  given: {
    readonly place: InstallationPlace;
    readonly workspaces: readonly string[];
    readonly reason: string;
  },
): Promise<void> => {
  const { platform } = installerOf(context);
  const capabilities = context.chats.get(platform)?.capabilities;
  if (capabilities === undefined) throw new Error(`no chat ${platform}`);
  const { rate, burst } = capabilities;
  const { place, workspaces, reason } = given;
  const lost = await setWorkspaces(trx, place, {
    workspaces,
    lanes: { platform, rate, burst },
    reason,
  });
  for (const workspaceId of lost.workspaces)
    await context.secrets.remove(tokenName(platform, workspaceId));
  tellPaused(context, lost.lanes, reason);
};

/** Tokens renewed hours before they end, and each current one where the doors look for it. */
export const tokensJob: Job = {
  // A host without installations of its own has nothing to ask the store for.
  next: async (context) => (context.installer === undefined ? null : nextTokenWork(context.db)),
  run: async (context, now) => {
    while (await renewDue(context.db, now, (kept) => renewed(context, kept, now)));
    await publishAll(context);
  },
};

/** After a renewal that did not go through, milliseconds until the next try: the old token still works for hours. */
const tryAgain = 5 * 60_000;

const renewed = async (context: Context, kept: KeptInstallation, now: Date) => {
  const installer = installerOf(context);
  const later = { sealed: null, renewAt: new Date(now.getTime() + tryAgain) };
  const installation = await openKept(installer, kept);
  const renewal = await installer.renew(installation.tokens);
  if (renewal.state !== 'renewed') {
    const { state, reason } = renewal;
    const told = { ...placeOf(kept), state, reason };
    context.log[state === 'refused' ? 'error' : 'warn']('tokens.not-renewed', told);
    return later;
  }
  const { tokens } = renewal;
  return {
    sealed: await installer.seal({ ...installation, tokens }),
    renewAt: renewalOf(tokens),
  };
};

/** Puts every token that is not published yet into the secret store, one secret a workspace; then its lanes may go on. */
const publishAll = async (context: Context): Promise<void> => {
  const installer = installerOf(context);
  for (const kept of await listUnpublished(context.db)) {
    const { tokens } = await openKept(installer, kept);
    for (const id of await publishedAs(context.db, kept))
      await context.secrets.put(tokenName(installer.platform, id), tokens.access);
    await notePublished(context.db, kept);
    await resumeLanes(context.db, installer.platform, kept);
  }
};

/** One secret a workspace, and one for an organisation as a whole: its events may name nothing else. */
const publishedAs = async (
  db: Context['db'],
  place: InstallationPlace,
): Promise<readonly string[]> => {
  const workspaces = await listWorkspaces(db, place);
  return place.teamId === null && place.enterpriseId !== null
    ? [...workspaces, place.enterpriseId]
    : workspaces;
};

/** A row whose seal belongs to another one was tampered with. */
const openKept = async (installer: Installer, kept: KeptInstallation): Promise<Installation> => {
  const installation = await installer.open(kept.sealed);
  if (installation.teamId !== kept.teamId || installation.enterpriseId !== kept.enterpriseId)
    throw new Error('an installation was sealed for another place than it stands in');
  return installation;
};

const installerOf = ({ installer }: Context): Installer => {
  if (installer === undefined) throw new Error('this host keeps no installations');
  return installer;
};

const placeOf = ({ enterpriseId, teamId }: InstallationPlace): InstallationPlace => ({
  enterpriseId,
  teamId,
});

const isSame = (kept: InstallationPlace | null, place: InstallationPlace): boolean =>
  kept !== null && kept.teamId === place.teamId;

const audit = (
  context: Context,
  trx: Trx,
  entry: { readonly act: string; readonly detail: Readonly<Record<string, unknown>> },
): Promise<void> =>
  recordAudit(trx, {
    at: context.clock.now(),
    actor: installerOf(context).platform,
    ...entry,
  });
