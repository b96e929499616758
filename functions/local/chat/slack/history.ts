/** Reading a direct message back, as the local workspace answers it: newest first, metadata only when asked for. */
import type { LocalMessage } from '../../../../core/store/local-messages.ts';

type Arguments = Readonly<Record<string, unknown>>;

/** One person's messages since `oldest`, at most `limit`. */
export const readHistory = (
  messages: Iterable<LocalMessage>,
  userId: string | null,
  given: Arguments,
): object => {
  if (userId === null) return { ok: false, error: 'channel_not_found' };
  const oldest = Number(given['oldest'] ?? 0);
  const limit = Number(given['limit'] ?? 100);
  const shown = [...messages]
    .filter((one) => one.userId === userId && Number(one.ref) >= oldest)
    .reverse();
  const page = shown.slice(0, limit).map(({ ref, payload }) => {
    const { metadata, ...content } = Object(payload);
    const read = { type: 'message', ts: ref, ...content };
    return String(given['include_all_metadata']) === 'true' ? { ...read, metadata } : read;
  });
  return { ok: true, messages: page, has_more: shown.length > page.length };
};

/** A change that names no metadata leaves it as it was (docs.slack.dev/reference/methods/chat.update). */
export const withMetadata = (payload: object, { payload: before }: LocalMessage): object => {
  const { metadata } = Object(before);
  return metadata === undefined ? payload : { ...payload, metadata };
};
