/** What a person filled into a form, and a payload without it. */
import { commentId } from '../../../core/conversation/message.ts';
import { fields, readOr } from '../../../core/shape.ts';
import { withoutProfile } from '../workspace/lifecycle.ts';
import { stateShape } from './payloads.ts';

type Payload = Readonly<Record<string, unknown>>;

/** Choices by question id and the comment of `view.state.values`; a missing or emptied input is no answer. */
export const readAnswers = (
  values: unknown,
): { readonly answers: Readonly<Record<string, string>>; readonly comment: string | null } => {
  const answers: Record<string, string> = {};
  let comment: string | null = null;
  for (const [block, inputs] of Object.entries(readOr(stateShape, values) ?? {})) {
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

const without = (part: unknown, names: readonly string[]): unknown =>
  Object.fromEntries(
    Object.entries(readOr(fields, part) ?? {}).filter(([name]) => !names.includes(name)),
  );
