/** What an author is told by `content check` and `content approve` between writing a tip and seeing it sent, or lost to an amended law. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Lesson } from '../../../core/content/schema.ts';
import { atRisk } from '../../../core/content/source-lock.ts';
import { readCatalogue, readContent, root } from '../../../functions/app/files.ts';
import { withChangedSection } from '../../content/changed-section.ts';
import { langkahIn } from '../../support/cli.ts';

const home = await mkdtemp(join(tmpdir(), 'langkah-amended-'));
afterAll(() => rm(home, { recursive: true, force: true }));

/** A tip that quotes a section, and that section. */
const quoting = async (): Promise<readonly [Lesson, string]> => {
  const { lessons } = await readCatalogue();
  for (const lesson of lessons.values())
    for (const sentence of lesson.sentences)
      if (sentence.kind === 'source' && sentence.quote !== undefined)
        return [lesson, sentence.cites];
  throw new Error('no tip quotes anything');
};

/** A copy of the shipped content. */
const copy = async (): Promise<string> => {
  const folder = await mkdtemp(join(home, 'content-'));
  await cp(join(root, 'content'), folder, { recursive: true });
  return folder;
};

const content = (folder: string, ...args: readonly string[]) =>
  langkahIn({}, 'content', ...args, '--content', folder);

describe('a section whose quoted words are gone', () => {
  it('puts its tip at risk and nothing else, and the tip is not approved with the old quote', async () => {
    const [lesson, cite] = await quoting();
    const folder = await copy();
    const files = await readContent();
    for (const { path, text } of withChangedSection(files, cite))
      if (files.every((file) => file.path !== path || file.text !== text))
        await writeFile(join(folder, path), text);
    const checked = await content(folder, 'check');
    expect({ code: checked.code, err: checked.err }).toEqual({ code: 0, err: '' });
    expect(checked.out).toContain(
      `at risk: ${lesson.id}, changed or not approved: ${cite}; quote no longer found in ${cite}`,
    );
    expect((await readCatalogue(folder)).lessons.size).toBeGreaterThan(50);

    const file = files.find(
      ({ path, text }) => path.startsWith('lessons/') && text.startsWith(`id: ${lesson.id}\n`),
    );
    const path = file?.path ?? '';
    const refused = await content(folder, 'approve', lesson.id, '--role', 'Redaksi');
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toMatch(
      new RegExp(
        `^content/${path}:\\d+: quote is not found in ${cite}, found ".+", allowed words of`,
      ),
    );
    expect(await readFile(join(folder, path), 'utf8')).toBe(file?.text);
  });
});

describe('a new tip', () => {
  it('is drawn and measured before anybody approves it, and goes to nobody until it is approved and in the order', async () => {
    const folder = await copy();
    const [first] = (await readContent()).filter(({ path }) => path.startsWith('lessons/l01'));
    const bare = (first?.text ?? '').replace(/\napproval:[\s\S]*$/, '\n');
    const path = join(folder, 'lessons/l61-new.yaml');
    await writeFile(path, bare.replace('id: l01', 'id: l61'));
    const written = await content(folder, 'check');
    expect(written).toMatchObject({ code: 0, err: '' });
    expect(written.out).toContain(
      'not approved: l61, sent to nobody until langkah content approve l61',
    );
    expect(written.out).toContain(
      'not in the programme: l61, sent to nobody until it stands in its order',
    );
    expect(atRisk(await readCatalogue(folder)).has('l61')).toBe(true);

    await writeFile(
      path,
      (await readFile(path, 'utf8')).replace('  id: ', `  id: ${'x'.repeat(300)} `),
    );
    expect((await content(folder, 'check')).err).toMatch(
      /^content\/lessons\/l61-new\.yaml:\d+: title\.id is too long for Slack/,
    );
    await writeFile(path, bare.replace('id: l01', 'id: l61'));
    await content(folder, 'approve', 'l61', '--role', 'Redaksi');
    expect((await content(folder, 'check')).out).not.toContain('not approved');
    expect(atRisk(await readCatalogue(folder)).has('l61')).toBe(false);
  });
});

describe('a text of the bot that is missing', () => {
  it('is one fault, not one of every tip', async () => {
    const folder = await copy();
    const file = join(folder, 'messages/lesson.yaml');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(/^lesson\.note:\n.*\n.*\n/m, ''));
    const { code, err } = await content(folder, 'check');
    expect({ code, faults: err.split('\n').length }).toEqual({ code: 2, faults: 1 });
    expect(err).toMatch(/^content\/messages:0: .*found "no message lesson\.note"/);
  });
});
