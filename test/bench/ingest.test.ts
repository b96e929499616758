import { afterAll, describe, expect, it } from 'vitest';
import { told } from '../../bench/ingest/ingest.ts';
import { openDesk } from '../functions/local/ingest/samples.ts';

const desk = await openDesk();
afterAll(() => desk.clear());

describe('the bench of a document', () => {
  it('tells the command what it needs: a regulation, which is quotable without a licence', async () => {
    const article = 'Setiap unit kerja menyusun daftar data yang dipakai bersama alat bantu.';
    const file = await desk.save('peraturan.md', `# Peraturan Contoh\n\nPasal 1\n\n${article}\n`);
    expect(await desk.ingest(file, ...told)).toMatchObject({ code: 0 });
    expect(JSON.stringify(await desk.snapshot())).toContain('quotable: true');
  });
});
