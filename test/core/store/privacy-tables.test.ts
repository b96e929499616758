import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readMigrations } from '../../../functions/app/files.ts';

describe('docs/privacy.md', () => {
  it('names every table that the migrations make, and no other', async () => {
    const page = await readFile(new URL('../../../docs/privacy.md', import.meta.url), 'utf8');
    const [, stored = ''] = page.split('## Stored');
    const [table = ''] = /^\| table [\s\S]*?\n\n/m.exec(stored) ?? [];
    const named = table
      .split('\n')
      .slice(2)
      .flatMap((row) => (row.split('|')[1] ?? '').split(',').map((name) => name.trim()))
      .filter((name) => name !== '');
    const files = await readMigrations('migrations');
    const made = files.flatMap(({ text }) =>
      [...text.matchAll(/^CREATE TABLE (\w+)/gm)].map(([, name]) => name),
    );
    expect([...named].sort()).toEqual([...new Set([...made, 'migrations'])].sort());
  });
});
