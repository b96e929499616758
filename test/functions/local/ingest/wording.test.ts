import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { run } from '../../../../functions/local/cli/run.ts';
import { openModel, wordIdea } from '../../../../functions/local/ingest/wording.ts';
import { goodWords, passage } from '../../../core/ingest/tip-words.ts';

/** Speaks Azure OpenAI's chat completions; says `answer` to whoever has the key. */
const service = async (answer: () => { readonly status?: number; readonly content: string }) => {
  const asked: { readonly url: string; readonly body: Record<string, unknown> }[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      asked.push({
        url: request.url ?? '',
        body: JSON.parse(Buffer.concat(chunks).toString('utf8')),
      });
      const { status = 200, content } = answer();
      const allowed = request.headers['api-key'] === 'kunci';
      response.writeHead(allowed ? status : 401, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({
          id: 'c1',
          object: 'chat.completion',
          created: 1,
          model: 'm',
          choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
          usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
        }),
      );
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  afterAll(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const env = {
    LANGKAH_WORDING: 'azure',
    AZURE_OPENAI_ENDPOINT: `http://127.0.0.1:${port}/openai`,
    AZURE_OPENAI_KEY: 'kunci',
    AZURE_OPENAI_DEPLOYMENT: 'kata',
  };
  const model = await openModel(env);
  return { model, asked, env };
};

let content = '';
let status = 200;
const { model, asked, env } = await service(() => ({ status, content }));
const word = (text = passage) => wordIdea(model, { passage: text }, 'id');

describe('the help of a model with words', () => {
  it('gives words that say what the passage says, asked once and without tools', async () => {
    content = JSON.stringify(goodWords);
    expect(await word()).toEqual({ words: goodWords });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.body).not.toHaveProperty('tools');
    expect(JSON.stringify(asked[0]?.body)).toContain('Data yang tersebar');
  });

  it.each([
    ['is no JSON', 'Tentu! Ini kiatnya.'],
    ['lacks a language', JSON.stringify({ ...goodWords, title: { id: 'Judul' } })],
    ['adds a field', JSON.stringify({ ...goodWords, approval: { role: 'x' } })],
    [
      'adds a link',
      JSON.stringify(goodWords).replace('menjadi jelas.', 'ada di https://a.example.'),
    ],
    ['adds a number', JSON.stringify(goodWords).replace('menjadi jelas.', 'jelas bagi 90 persen.')],
  ])('refuses an answer that %s, and asks no second time', async (_, said) => {
    content = said;
    const before = asked.length;
    expect(await word()).toHaveProperty('refused');
    expect(asked.length - before).toBe(1);
  });

  it('says no words of the passage or the answer when the service fails', async () => {
    status = 500;
    const before = asked.length;
    const said = await word();
    status = 200;
    expect(JSON.stringify(said)).not.toContain('Data yang');
    expect(said).toHaveProperty('refused');
    expect(asked.length - before).toBe(1);
  });

  it('is off unless configured, and names what is missing', async () => {
    await expect(openModel({})).rejects.toThrow(
      'LANGKAH_WORDING found "", allowed azure or bedrock',
    );
    await expect(
      openModel({ LANGKAH_WORDING: 'azure', AZURE_OPENAI_KEY: 'kunci' }),
    ).rejects.toThrow('missing or unfit: AZURE_OPENAI_ENDPOINT, AZURE_OPENAI_DEPLOYMENT');
    await expect(openModel({ LANGKAH_WORDING: 'bedrock' })).rejects.toThrow(
      'missing or unfit: AWS_REGION, BEDROCK_MODEL',
    );
    const bedrock = await openModel({
      LANGKAH_WORDING: 'bedrock',
      AWS_REGION: 'ap-southeast-3',
      BEDROCK_MODEL: 'model-contoh',
    });
    expect(bedrock).toMatchObject({ modelId: 'model-contoh' });
  });
});

describe('langkah ingest --wording', () => {
  it('writes the words into drafts that stay drafts, and tells which were refused', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'langkah-wording-'));
    afterAll(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'panduan.md');
    const other =
      'Kantor dibuka pukul delapan dan pengunjung mengambil nomor antrean di loket depan.';
    await writeFile(file, `# Panduan\n\n## Data\n\n${passage}\n\n## Loket\n\n${other}\n`);
    content = JSON.stringify(goodWords);
    const out: string[] = [];
    const err: string[] = [];
    const args = ['ingest', file, '--publisher', 'Contoh', '--wording', '--out', folder];
    const code = await run(args, {
      env,
      now: () => new Date(),
      print: (line) => void out.push(line),
      complain: (line) => void err.push(line),
    });
    expect({ code, err }).toEqual({ code: 0, err: [] });
    const draft = await readFile(join(folder, 'drafts/panduan/tip-data-1.yaml'), 'utf8');
    expect(draft).toContain('A model proposed these words');
    expect(parse(draft)).toMatchObject({
      draft: true,
      worded: 'by a model',
      title: goodWords.title,
      sentences: [{ kind: 'source', cites: 'panduan#data' }, {}, {}, {}, {}],
    });
    expect(parse(draft)).not.toHaveProperty('approval');
    const empty = await readFile(join(folder, 'drafts/panduan/tip-loket-1.yaml'), 'utf8');
    expect(parse(empty).title).toEqual({ id: '', en: '' });
    expect(out.join('\n')).toContain('loket: a claim the passage does not make');
  });
});
