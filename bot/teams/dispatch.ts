/** Behind the queue: botbuilder routes an activity that the door has verified; nothing is sent from here. */
import {
  type Activity,
  ActivityHandler,
  ActivityTypes,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type TurnContext,
} from 'botbuilder';
import { AuthenticationConstants, ClaimsIdentity } from 'botframework-connector';
import * as z from 'zod';
import type { ChatEvent, Inbound } from '../../core/conversation/event.ts';
import type { Log } from '../../core/ports.ts';
import { parseTeams } from './parse.ts';

export type TeamsDispatcher = (inbound: Inbound) => Promise<void>;

type Settings = {
  readonly onEvent: (event: ChatEvent) => Promise<void>;
  readonly log: Log;
};

/** What botbuilder needs in order to route; the door has proven where it comes from. */
const routable = z.looseObject({
  type: z.string(),
  serviceUrl: z.string(),
  recipient: z.object({ id: z.string() }),
});

const inboundKey = Symbol('inbound');

/** Hands each queued activity to botbuilder and its event to `onEvent`, whose errors come through unchanged. */
export const teamsDispatcher = ({ onEvent, log }: Settings): TeamsDispatcher => {
  // No credentials: the identity is the door's, and every outgoing call goes through our own client.
  const authentication = new ConfigurationBotFrameworkAuthentication({});
  const adapter = new CloudAdapter(authentication);
  const handler = eventHandler({ onEvent, log });
  return async (inbound) => {
    const activity = routable.safeParse(inbound.body);
    if (!activity.success) {
      log.warn('teams-activity-unreadable', { key: inbound.key });
      return;
    }
    const identity = verifiedIdentity(activity.data);
    const failures: unknown[] = [];
    const turn = async (context: TurnContext): Promise<void> => {
      context.turnState.set(inboundKey, inbound);
      try {
        await handler.run(context);
      } catch (error) {
        // botbuilder would turn it into a text with a stack; the caller needs the error itself.
        failures.push(error);
      }
    };
    await adapter.processActivityDirect(
      {
        audience: AuthenticationConstants.ToChannelFromBotOAuthScope,
        claimsIdentity: identity,
        connectorFactory: authentication.createConnectorFactory(identity),
      },
      asActivity(activity.data),
      turn,
    );
    if (failures.length > 0) throw failures[0];
  };
};

/** The claims that the door's verifier has checked, in botbuilder's form. */
const verifiedIdentity = (activity: z.infer<typeof routable>): ClaimsIdentity => {
  const appId = activity.recipient.id.replace(/^28:/, '');
  return new ClaimsIdentity(
    [
      {
        type: AuthenticationConstants.IssuerClaim,
        value: AuthenticationConstants.ToBotFromChannelTokenIssuer,
      },
      { type: AuthenticationConstants.AudienceClaim, value: appId },
      { type: AuthenticationConstants.ServiceUrlClaim, value: activity.serviceUrl },
    ],
    true,
  );
};

/** A copy, since botbuilder writes into the activity; its declared dates stay texts, and parseTeams reads both. */
const asActivity = (activity: z.infer<typeof routable>): Activity =>
  structuredClone(activity) as unknown as Activity;

const eventHandler = ({ onEvent, log }: Settings): ActivityHandler => {
  const emit = async (context: TurnContext): Promise<void> => {
    const inbound: Inbound = context.turnState.get(inboundKey);
    const event = parseTeams(inbound.body, new Date(inbound.receivedAt), inbound.ballot);
    if (event === null) log.info('teams-activity-ignored', { type: context.activity.type });
    else await onEvent(event);
  };
  const handler = new ActivityHandler();
  const emitAndGoOn = async (context: TurnContext, next: () => Promise<void>): Promise<void> => {
    await emit(context);
    await next();
  };
  handler.onMessage(emitAndGoOn);
  handler.onInstallationUpdate(emitAndGoOn);
  handler.onConversationUpdate(emitAndGoOn);
  handler.onMessageReaction(emitAndGoOn);
  handler.onTurn(async (context, next) => {
    // The door has answered the invoke already; botbuilder's own invoke path would compose a second answer.
    if (context.activity.type === ActivityTypes.Invoke) await emit(context);
    else await next();
  });
  return handler;
};
