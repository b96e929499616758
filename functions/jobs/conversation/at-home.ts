/** In an organisation one account works in many workspaces: an event comes from where we know the person. */
import type { Address } from '../../../core/ports.ts';
import { homeWorkspace } from '../../../core/store/people/directory.ts';
import type { Context } from '../context.ts';

/** The address with the workspace of the roster, where the event came by way of another one of the same organisation. */
export const atHome = async (context: Context, from: Address): Promise<Address> => {
  if (context.installer === undefined) return from;
  return { ...from, workspaceId: (await homeWorkspace(context.db, from)) ?? from.workspaceId };
};
