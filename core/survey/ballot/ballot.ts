/** A ballot: sealed in the door to the wave's public key, opened only at the close, in memory. */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { compactDecrypt, exportJWK, generateKeyPair, type JWK } from 'jose';
import * as z from 'zod';
import { clip } from '../../conversation/clip.ts';
import { sealTo } from './seal.ts';
import { type PublicKey, publicKeySchema } from './ticket.ts';

/** Points of the scale, 1 = strongest disagreement, or "don't know / not relevant". */
export const answerValues = [1, 2, 3, 4, 5, 'na'] as const;
export type Answer = (typeof answerValues)[number];

/** Answers by item id; an item left out was not answered. */
export type Answers = Readonly<Record<string, Answer>>;

/** Longest comment kept, in code points. */
export const commentLimit = 500;

/** Size of every box's plain text in bytes: a full comment of four-byte characters and 40 answers fit. */
const boxBytes = 3_072;

/** The form a box belongs to: its wave and its items in the order asked. */
export type FormOf = { readonly wave: string; readonly items: readonly string[] };

/** The answer behind an option's value as a platform hands it back; undefined when it is none of ours. */
export const answerOf = (value: string): Answer | undefined =>
  answerValues.find((known) => String(known) === value);

/** Fresh keys of a wave: a P-256 pair as JWK, and 32 random bytes (base64url) that derive ballot keys. */
export const newWaveKeys = async (): Promise<{
  readonly publicKey: PublicKey;
  readonly privateKey: JWK;
  readonly secret: string;
}> => {
  const pair = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true });
  return {
    publicKey: publicKeySchema.parse(await exportJWK(pair.publicKey)),
    privateKey: await exportJWK(pair.privateKey),
    secret: randomBytes(32).toString('base64url'),
  };
};

/**
 * Seals answers as a compact JWE (ECDH-ES, A256GCM) that names wave and form outside and inside. All boxes of a
 * wave have one length. Answers to unknown items or with unknown values throw, without repeating the answer.
 */
export const sealBallot = async (
  publicKey: PublicKey,
  ballot: FormOf & { readonly answers: Answers; readonly comment: string | null },
): Promise<string> => {
  checkAnswers(ballot);
  const binding = { wave: ballot.wave, form: formHash(ballot.items) };
  const text = JSON.stringify({
    ...binding,
    answers: ballot.answers,
    comment: cleanComment(ballot.comment),
  });
  const box = Buffer.alloc(boxBytes, ' ');
  if (Buffer.byteLength(text) > boxBytes)
    throw new Error(`form of wave ${ballot.wave} is too long`);
  box.write(text);
  return sealTo(publicKey, binding, box);
};

/**
 * Opens a box; throws when it was not sealed to this key, or belongs to another wave or form. A form that left out some
 * of the wave's items, because their sources had changed, is one of the wave's.
 */
export const openBallot = async (
  privateKey: JWK,
  sealed: string,
  form: FormOf,
): Promise<{ readonly answers: Answers; readonly comment: string | null }> => {
  const { plaintext, protectedHeader } = await compactDecrypt(sealed, privateKey, {
    keyManagementAlgorithms: ['ECDH-ES'],
    contentEncryptionAlgorithms: ['A256GCM'],
  });
  const opened = boxSchema.parse(JSON.parse(Buffer.from(plaintext).toString()));
  const forms = formsOf(form.items);
  for (const bound of [protectedHeader, opened]) {
    if (bound['wave'] !== form.wave || !forms.has(String(bound['form'])))
      throw new Error(`the box was not sealed for wave ${form.wave} and its form`);
  }
  checkAnswers({ ...form, answers: opened.answers });
  return { answers: opened.answers, comment: opened.comment };
};

/** The row a person's ballot is kept under; only a holder of the wave's secret can derive it. */
export const ballotKey = (secret: string, personId: number): string =>
  createHmac('sha256', Buffer.from(secret, 'base64url'))
    .update(`person:${personId}`)
    .digest('base64url');

const boxSchema = z.strictObject({
  wave: z.string(),
  form: z.string(),
  answers: z.record(z.string(), z.literal(answerValues)),
  comment: z.string().nullable(),
});

const formHash = (items: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(items)).digest('base64url');

/** Hashes of a form and of every shorter one in the same order: 1,024 of ten items, made once. */
const formsOf = (items: readonly string[]): ReadonlySet<string> => {
  const name = formHash(items);
  if (lastForms?.name !== name) {
    const forms: (readonly string[])[] = [[]];
    for (const item of items) forms.push(...forms.map((form) => [...form, item]));
    lastForms = { name, hashes: new Set(forms.map(formHash)) };
  }
  return lastForms.hashes;
};
let lastForms: { readonly name: string; readonly hashes: ReadonlySet<string> } | null = null;

const checkAnswers = ({ wave, items, answers }: FormOf & { readonly answers: Answers }): void => {
  for (const [item, answer] of Object.entries(answers)) {
    if (!items.includes(item))
      throw new Error(`wave ${wave} does not ask one of the answered items`);
    if (!answerValues.includes(answer)) throw new Error(`an answer to ${item} is not on the scale`);
  }
};

/** At most 500 code points; control characters and broken surrogates would take six bytes each in JSON. */
const cleanComment = (comment: string | null): string | null => {
  const text = (comment ?? '')
    .replace(/\r\n?/g, '\n')
    .replace(/(?!\n)\p{Cc}/gu, ' ')
    .replace(/\p{Cs}/gu, '\uFFFD')
    .trim();
  return text === '' ? null : clip(text, commentLimit);
};
