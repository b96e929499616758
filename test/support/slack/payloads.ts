/** Messages to look at, and what can be read and pressed in their payloads. */
import type { ChatMessage, Part } from '../../../core/conversation/message.ts';

/** Every text of a payload, in order. */
export const textOf = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(textOf);
  if (typeof value !== 'object' || value === null) return [];
  const { text } = value as Record<string, unknown>;
  return [...(typeof text === 'string' ? [text] : []), ...Object.values(value).flatMap(textOf)];
};
/** A message of these parts and nothing special besides. */
export const withParts = (...parts: readonly Part[]): ChatMessage => ({
  kind: 'notice',
  language: 'id',
  title: 'Judul',
  text: 'Sebuah pesan yang lengkap.',
  parts,
});
