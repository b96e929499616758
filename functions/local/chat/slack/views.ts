/** The view methods of the local workspace: modals and Homes. */
import { randomUUID } from 'node:crypto';
import { slackLimits as limits } from '../../../../bot/slack/limits.ts';
import { checkHome, checkModal } from './blocks/rules.ts';
import { type Arguments, failed, personOf, type WorkspaceState } from './state.ts';

/** views.open: a modal by a trigger, which lives for seconds and is used once. */
export const openModal = (state: WorkspaceState, given: Arguments): Response => {
  const triggerId = String(given['trigger_id'] ?? '');
  const trigger = state.triggers.get(triggerId);
  if (trigger === undefined) return failed('invalid_trigger_id');
  if (trigger.used) return failed('exchanged_trigger_id');
  state.triggers.set(triggerId, { ...trigger, used: true });
  const age = state.clock.now().getTime() - trigger.at.getTime();
  if (age > limits.triggerSeconds * 1000) return failed('expired_trigger_id');
  const view = checkModal(given['view']);
  if (view === null) return failed('invalid_arguments');
  const opened = { viewId: `V${randomUUID()}`, hash: state.stamp(), userId: trigger.userId, view };
  state.modals.set(opened.viewId, opened);
  return Response.json({ ok: true, view: { id: opened.viewId, hash: opened.hash, ...view } });
};

/** views.update of a modal that is on the screen. */
export const changeModal = (state: WorkspaceState, given: Arguments): Response => {
  const opened = state.modals.get(String(given['view_id'] ?? ''));
  if (opened === undefined) return failed('not_found');
  if (given['hash'] !== undefined && given['hash'] !== opened.hash) return failed('hash_conflict');
  const view = checkModal(given['view']);
  if (view === null) return failed('invalid_arguments');
  const changed = { ...opened, hash: state.stamp(), view };
  state.modals.set(opened.viewId, changed);
  return Response.json({ ok: true, view: { id: opened.viewId, hash: changed.hash, ...view } });
};

/** views.publish: the Home of one person. */
export const publishHome = (state: WorkspaceState, given: Arguments): Response => {
  const userId = String(given['user_id'] ?? '');
  if (personOf(userId) !== userId || state.refuses(userId)) return failed('invalid_user_id');
  const view = checkHome(given['view']);
  if (view === null) return failed('invalid_arguments');
  state.homes.set(userId, view);
  return Response.json({ ok: true, view: { id: `V${userId}`, hash: state.stamp(), ...view } });
};
