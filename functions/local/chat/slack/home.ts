/** What a person of the local workspace does in their Home, as Slack tells it. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { readActionId } from '../../../../bot/slack/forms/payloads.ts';
import type { HomeTab } from './blocks/rules.ts';
import type { WorkspaceState } from './state.ts';

export type HomePress = {
  readonly userId: string;
  /** The id of the button or select, as it stands in the view. */
  readonly action: string;
  /** The value of the option chosen, or of the button. */
  readonly value: string;
};

/** Who acts, as every interaction names them. */
export const person = (state: WorkspaceState, userId: string) => ({
  api_app_id: 'A0LANGKAH',
  user: { id: userId, username: userId.toLowerCase(), team_id: state.workspaceId },
  team: { id: state.workspaceId, domain: 'kementerian-contoh' },
  enterprise: null,
  is_enterprise_install: false,
});

/** A trigger that opens one modal within three seconds. */
export const trigger = (state: WorkspaceState, userId: string): string => {
  const id = `${state.stamp()}.${randomUUID()}`;
  state.triggers.set(id, { userId, at: state.clock.now(), used: false });
  return id;
};

/** A press in a Home names its view, and no message and no response URL. */
export const pressedHome = (
  state: WorkspaceState,
  { userId, action, value }: HomePress,
): object => {
  const view = state.homes.get(userId);
  const pressed = homeActions(view).find(
    (one) =>
      readActionId(one.action_id) === readActionId(action) &&
      (one.type === 'button' ? one.value === value : one.options?.some((o) => o.value === value)),
  );
  if (view === undefined || pressed === undefined)
    throw new Error(`the Home of ${userId} has no ${action} with ${value}`);
  const chosen =
    pressed.type === 'button'
      ? { value }
      : { selected_option: pressed.options?.find((one) => one.value === value) };
  const viewId = `V${userId}`;
  return {
    ...person(state, userId),
    type: 'block_actions',
    container: { type: 'view', view_id: viewId },
    view: { id: viewId, app_installed_team_id: state.workspaceId, ...view, state: { values: {} } },
    trigger_id: trigger(state, userId),
    actions: [
      {
        type: pressed.type,
        action_id: pressed.action_id,
        block_id: 'b',
        action_ts: state.stamp(),
        ...chosen,
      },
    ],
  };
};

/** Every button and select of a Home, top to bottom. */
const homeActions = (view: HomeTab | undefined) =>
  (view?.blocks ?? [])
    .flatMap((block): readonly object[] => {
      if (block.type === 'actions') return block.elements;
      return block.type === 'section' && block.accessory !== undefined ? [block.accessory] : [];
    })
    .flatMap((element) => {
      const read = homeActionSchema.safeParse(element);
      return read.success ? [read.data] : [];
    });

const homeActionSchema = z.object({
  type: z.enum(['button', 'static_select']),
  action_id: z.string(),
  value: z.string().optional(),
  options: z.array(z.looseObject({ value: z.string() })).optional(),
});
