import fc from 'fast-check';
import { compactDecrypt, importJWK } from 'jose';
import { describe, expect, it } from 'vitest';
import { codePoints } from '../../../../core/conversation/clip.ts';
import {
  type Answers,
  answerOf,
  answerValues,
  ballotKey,
  commentLimit,
  newWaveKeys,
  openBallot,
  sealBallot,
} from '../../../../core/survey/ballot/ballot.ts';
import { sealTo } from '../../../../core/survey/ballot/seal.ts';

const keys = await newWaveKeys();
const items = ['reg-a', 'dat-a', 'ppl-a', 'inf-a', 'cul-a'];
const form = { wave: 'w1', items };
const answersOf = fc.dictionary(fc.constantFrom(...items), fc.constantFrom(...answerValues));
const comments = fc.option(
  fc.oneof(
    fc.string({ unit: 'binary', maxLength: 900 }),
    fc.constant('😀'.repeat(700)),
    fc.constant('\u0000"\\'.repeat(300)),
    fc.constant('\uD800'.repeat(700)),
  ),
);

describe('a sealed ballot', () => {
  it('opens to the same answers for the holder of the private key', async () => {
    await fc.assert(
      fc.asyncProperty(answersOf, async (answers) => {
        const sealed = await sealBallot(keys.publicKey, { ...form, answers, comment: null });
        const opened = await openBallot(keys.privateKey, sealed, form);
        expect(opened).toEqual({ answers: { ...answers }, comment: null });
      }),
      { numRuns: 50 },
    );
  });

  it('has one length, whatever was answered or written', async () => {
    const empty = await sealBallot(keys.publicKey, { ...form, answers: {}, comment: null });
    await fc.assert(
      fc.asyncProperty(answersOf, comments, async (answers, comment) => {
        const sealed = await sealBallot(keys.publicKey, { ...form, answers, comment });
        expect(sealed.length).toBe(empty.length);
      }),
      { numRuns: 100 },
    );
  });

  it('keeps at most 500 code points of a comment, and none of a blank one', async () => {
    const seal = async (comment: string): Promise<string | null> => {
      const sealed = await sealBallot(keys.publicKey, { ...form, answers: {}, comment });
      return (await openBallot(keys.privateKey, sealed, form)).comment;
    };
    expect(codePoints((await seal('😀'.repeat(700))) ?? '')).toBe(commentLimit);
    expect(await seal('  \n ')).toBeNull();
    expect(await seal('Perlu pelatihan\r\ndan contoh.')).toBe('Perlu pelatihan\ndan contoh.');
  });

  it('refuses an answer to an item that was not asked, or off the scale, without repeating it', async () => {
    const seal = (answers: unknown): Promise<string> =>
      sealBallot(keys.publicKey, { ...form, answers: answers as Answers, comment: null });
    await expect(seal({ 'reg-9': 3 })).rejects.toThrow(/does not ask/);
    await expect(seal({ 'reg-a': 6 })).rejects.toThrow(/not on the scale/);
    await expect(seal({ 'reg-a': '3' })).rejects.toThrow(
      /^an answer to reg-a is not on the scale$/,
    );
  });

  it('is refused in another wave, under another form, and under another key', async () => {
    const sealed = await sealBallot(keys.publicKey, {
      ...form,
      answers: { 'reg-a': 2 },
      comment: null,
    });
    await expect(openBallot(keys.privateKey, sealed, { ...form, wave: 'w2' })).rejects.toThrow(
      /not sealed for wave w2/,
    );
    const other = { ...form, items: [...items].reverse() };
    await expect(openBallot(keys.privateKey, sealed, other)).rejects.toThrow(/not sealed/);
    const { privateKey } = await newWaveKeys();
    await expect(openBallot(privateKey, sealed, form)).rejects.toThrow();
  });

  it('is refused when its outer label was rewritten', async () => {
    const sealed = await sealBallot(keys.publicKey, {
      ...form,
      answers: { 'reg-a': 2 },
      comment: null,
    });
    const [header = '', ...rest] = sealed.split('.');
    const label = JSON.parse(Buffer.from(header, 'base64url').toString());
    const relabelled = Buffer.from(JSON.stringify({ ...label, wave: 'w2' })).toString('base64url');
    await expect(
      openBallot(keys.privateKey, [relabelled, ...rest].join('.'), { ...form, wave: 'w2' }),
    ).rejects.toThrow();
  });

  it('is refused when it was sealed with one wave outside and another one inside', async () => {
    const sealed = await sealBallot(keys.publicKey, { ...form, answers: {}, comment: null });
    const { plaintext, protectedHeader } = await compactDecrypt(
      sealed,
      await importJWK(keys.privateKey, 'ECDH-ES'),
    );
    const label = { wave: 'w1', form: String(protectedHeader['form']) };
    const again = (outside: typeof label): Promise<unknown> =>
      openBallot(keys.privateKey, sealTo(keys.publicKey, outside, plaintext), form);
    await expect(again(label)).resolves.toEqual({ answers: {}, comment: null });
    await expect(again({ ...label, wave: 'w2' })).rejects.toThrow(/not sealed for wave w1/);
    await expect(again({ ...label, form: 'abc' })).rejects.toThrow(/not sealed for wave w1/);
  });

  it('never shows the same bytes twice for the same answers', async () => {
    const ballot = { ...form, answers: { 'reg-a': 2 } as const, comment: null };
    expect(await sealBallot(keys.publicKey, ballot)).not.toBe(
      await sealBallot(keys.publicKey, ballot),
    );
  });
});

describe('answers as platforms hand them back', () => {
  it('reads the five points and "na", and nothing else', () => {
    expect(['1', '2', '3', '4', '5', 'na'].map(answerOf)).toEqual([...answerValues]);
    expect(['0', '6', '', '1.0', 'NA', ' 1'].map(answerOf)).toEqual(Array(6).fill(undefined));
  });
});

describe('a ballot key', () => {
  it('is one per person and wave secret', async () => {
    const { secret } = await newWaveKeys();
    expect(ballotKey(keys.secret, 7)).toBe(ballotKey(keys.secret, 7));
    expect(ballotKey(keys.secret, 7)).not.toBe(ballotKey(keys.secret, 8));
    expect(ballotKey(keys.secret, 7)).not.toBe(ballotKey(secret, 7));
    expect(Buffer.from(keys.secret, 'base64url')).toHaveLength(32);
  });
});
