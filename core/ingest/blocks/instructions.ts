/** Passages that speak to a language model instead of a reader. They stay text: reported, drafted from by nobody. */
import type { Block, Warning } from '../tree.ts';
import { textOf } from '../tree.ts';

const patterns: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:previous|prior|above|earlier|all|your|system)\b.{0,30}\b(?:instructions?|prompts?|rules?|directions?)\b/isu,
  /\b(?:abaikan|lupakan|kesampingkan|jangan (?:ikuti|hiraukan))\b.{0,40}\b(?:instruksi|perintah|arahan|petunjuk|aturan)\b.{0,30}\b(?:sebelumnya|di atas|terdahulu|sistem|anda|awal)\b/isu,
  /\b(?:system|developer) (?:prompt|message)\b/iu,
  /\b(?:prompt|pesan|perintah) sistem\b/iu,
  /\byou are (?:now )?(?:an? )?(?:AI|assistant|language model|chatbot|LLM|ChatGPT)\b/iu,
  /\banda (?:sekarang )?(?:adalah|menjadi) (?:sebuah |seorang )?(?:model bahasa|asisten AI|chatbot|ChatGPT)\b/iu,
  /\b(?:as an? (?:AI|language model)|sebagai (?:AI|model bahasa)),? (?:you|anda|kamu)\b/iu,
  /<\|?(?:im_start|im_end|system|endoftext)\|?>|\[\/?INST\]|<<SYS>>/u,
  /^\s*(?:system|assistant)\s*:\s/imu,
];

/** What in a text addresses a model, or null. */
export const instructionIn = (text: string): string | null => {
  for (const pattern of patterns) {
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) return found;
  }
  return null;
};

/** A warning for every block that addresses a model. */
export const instructionWarnings = (blocks: readonly Block[]): readonly Warning[] =>
  blocks.flatMap((block) => {
    const found = instructionIn(textOf(block));
    const { page, line } = block;
    return found === null
      ? []
      : [
          {
            page,
            line,
            what: 'text that instructs a model; kept as text, left out of drafts',
            found,
          },
        ];
  });
