/** What came back from chat, in our own words; bot/<platform>/parse makes these from verified payloads. */
import type { InstallationPlace } from '../installation.ts';
import type { Member } from '../people/member.ts';
import type { Address, EventTarget } from '../ports.ts';
import type { ActionId } from './message.ts';

type Common = {
  /** Dedupe key: the same fact delivered twice has the same key. */
  readonly key: string;
  readonly from: Address;
  /** The platform's own time of the act; now of the door where the platform gives none. */
  readonly at: Date;
  readonly target: EventTarget;
};

/** A ballot sealed in the door: nobody behind the queue sees an answer. */
export type SealedBallot = {
  readonly ticket: string;
  /** JWE compact serialisation, one padded size. */
  readonly sealed: string;
};

export type ChatEvent = Common &
  (
    | { readonly kind: 'action'; readonly action: ActionId; readonly value: string }
    | { readonly kind: 'ballot'; readonly ballot: SealedBallot }
    /** Typed words or a slash command's text: answered, never stored. */
    | {
        readonly kind: 'text';
        readonly text: string;
        /** Given as a command: what it does not know is answered with help, never taken for a question. */
        readonly command?: true;
      }
    | { readonly kind: 'installed' }
    | { readonly kind: 'removed' }
    | { readonly kind: 'home' }
    /** Asks for nothing and says where the person is reached. */
    | { readonly kind: 'seen' }
    /** The directory tells of a member, who need not be a person of ours. */
    | { readonly kind: 'member'; readonly member: Member }
    /** An installation lost its tokens, or reaches other workspaces now; no person is meant. */
    | { readonly kind: 'installation'; readonly change: InstallationChange }
  );

/** `reason` becomes the reason for which lanes stand still. */
export type InstallationChange = {
  readonly place: InstallationPlace;
  readonly lost: boolean;
  readonly reason: string;
};

/** One entry of the durable queue: a verified payload, its answers already sealed and cut out. */
export type Inbound = {
  readonly platform: Address['platform'];
  readonly key: string;
  /** ISO instant at which the door took it. */
  readonly receivedAt: string;
  /** The platform's JSON, without any answer. */
  readonly body: unknown;
  readonly ballot: SealedBallot | null;
};

/** A ballot of the agency's own page on the queue: it names nobody, and only the wave's secret tells whose link it is. */
export type WebBallot = {
  readonly platform: 'web';
  readonly key: string;
  /** ISO instant at which the door took it. */
  readonly receivedAt: string;
  /** Its ticket is the link's token. */
  readonly ballot: SealedBallot;
};
