/** What a person filled into a form, and a payload without it. */
import * as z from 'zod';
import { commentId } from '../../core/conversation/message.ts';
import { withoutProfile } from './lifecycle.ts';
import { stateSchema } from './payloads.ts';

type Payload = Readonly<Record<string, unknown>>;

const payloadSchema = z.record(z.string(), z.unknown());

/** Choices by question id and the comment of `view.state.values`; a missing or emptied input is no answer. */
export const readAnswers = (
  values: unknown,
): { readonly answers: Readonly<Record<string, string>>; readonly comment: string | null } => {
  const answers: Record<string, string> = {};
  let comment: string | null = null;
  for (const [block, inputs] of Object.entries(stateSchema.safeParse(values).data ?? {})) {
    const input = Object.values(inputs)[0];
    const words = input?.value?.trim() ?? '';
    if (block === commentId) comment = words === '' ? null : words;
    else if (input?.selected_option) answers[block] = input.selected_option.value;
  }
  return { answers, comment };
};

/** The body without any input, and without what nobody behind the queue reads. */
export const withoutAnswers = (body: Payload): Payload => {
  const { token: _token, state: _state, message, view, event, ...kept } = body;
  return {
    ...kept,
    ...(event === undefined ? {} : { event: withoutProfile(event) }),
    ...(message === undefined ? {} : { message: without(message, ['blocks', 'attachments']) }),
    ...(view === undefined ? {} : { view: without(view, ['state', 'blocks']) }),
  };
};

const without = (part: unknown, names: readonly string[]): unknown => {
  const fields = payloadSchema.safeParse(part).data ?? {};
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
};
