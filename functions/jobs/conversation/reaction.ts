/** What handling an event works with and what it asks for afterwards. */
import type { Transaction } from 'kysely';
import type { ChatMessage } from '../../../core/conversation/message.ts';
import type { KnownPerson } from '../../../core/store/people/conversation.ts';
import type { Tables } from '../../../core/store/schema.ts';
import type { Context } from '../context.ts';

export type Handling = {
  readonly context: Context;
  readonly trx: Transaction<Tables>;
  readonly person: KnownPerson;
  readonly now: Date;
};

type Answer = {
  readonly message: ChatMessage;
  readonly how: 'replace' | 'reply';
  /** A door that answers by itself knew no better: what it said is replaced. */
  readonly overDoor?: true;
};

/** What an event asks to be said and done after its commit. */
export type Reaction = {
  readonly answer: Answer | null;
  /** The person's plan changed: missing rows are planned anew. */
  readonly replan: boolean;
};

/** Nothing to say. */
export const silent: Reaction = { answer: null, replan: false };

/** An answer in the place of the pressed message, for one that is not needed any more. */
export const replace = (message: ChatMessage): Reaction => ({
  answer: { message, how: 'replace' },
  replan: false,
});

/** A plain answer below the person's message. */
export const reply = (message: ChatMessage): Reaction => ({
  answer: { message, how: 'reply' },
  replan: false,
});
