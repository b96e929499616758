/** One workspace on the strict server, with its token, its clock and what its people see. */
import type { LocalMessage } from '../../../core/store/local-messages.ts';
import { createSlackWorkspace } from '../../../functions/local/chat/slack/workspace.ts';
import { strictServer } from './strict-server.ts';

/** The workspace's id. */
export const servedWorkspace = 'T0NYATA';

/** Opens both for one test. */
export const servedSlack = async () => {
  const server = await strictServer();
  const refs = new Set<string>();
  const clock = { now: () => new Date(), sleep: async () => undefined };
  const workspace = createSlackWorkspace({
    clock,
    workspaceId: servedWorkspace,
    refuses: () => false,
    fault: () => null,
    save: async ({ ref }) => void refs.add(ref),
  });
  const messages = (): readonly LocalMessage[] =>
    [...refs].flatMap((ref) => workspace.message(ref) ?? []);
  return Object.assign(server, {
    token: server.add(servedWorkspace, workspace),
    /** The workspace's time; its `now` may be replaced. */
    clock,
    /** Every message that stands, oldest first. */
    messages,
    /** What one person's conversation shows. */
    shownTo: (userId: string) => messages().filter((message) => message.userId === userId),
    /** Methods called, in order. */
    methods: () => server.calls.map(({ method }) => method),
  });
};
export type ServedSlack = Awaited<ReturnType<typeof servedSlack>>;

/** A client's time limit that is never reached; what hangs is given up by `patient`. */
export const unhurried = 60_000;

/** Asks as long as it takes, and for so many milliseconds while a method hangs. */
export const patient =
  ({ faults }: Pick<ServedSlack, 'faults'>, milliseconds: number): typeof fetch =>
  (input, init) => {
    const hangs = [...faults.values()].some(({ answer }) => answer === 'hang');
    return fetch(input, hangs ? { ...init, signal: AbortSignal.timeout(milliseconds) } : init);
  };
