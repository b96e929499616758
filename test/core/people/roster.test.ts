import { describe, expect, it } from 'vitest';
import { ContentError } from '../../../core/errors.ts';
import { keyRoster, type StoredPerson } from '../../../core/people/person.ts';
import { previewRoster } from '../../../core/people/preview.ts';
import { readRoster, rosterColumns } from '../../../core/people/roster.ts';
import { readUnits } from '../../../core/people/units.ts';

const units = [{ code: 'A' }, { code: 'B' }];

type Cells = Partial<Record<(typeof rosterColumns)[number], string>>;
const plain: Cells = {
  employee_key: '0001',
  name: 'Rina Contoh',
  unit: 'A',
  time_zone: 'WIB',
};

/** A roster file with the given lines; the header stands on line 1. */
const file = (...lines: readonly Cells[]) => ({
  file: 'people.csv',
  text: [
    rosterColumns.join(','),
    ...lines.map((cells) => rosterColumns.map((name) => cells[name] ?? '').join(',')),
  ].join('\n'),
});

const faultsOf = (act: () => unknown): readonly string[] => {
  try {
    act();
  } catch (error) {
    if (error instanceof ContentError) return error.message.split('\n');
    throw error;
  }
  return [];
};

describe('a roster', () => {
  it('needs little: key, name, unit and zone; the rest has defaults', () => {
    expect(readRoster(file(plain), units)).toEqual([
      {
        employeeKey: '0001',
        name: 'Rina Contoh',
        email: null,
        unit: 'A',
        timeZone: 'Asia/Jakarta',
        workPattern: 'five-day',
        roles: ['staff'],
        language: 'id',
        gradeBand: 'staff',
        identities: [],
        preferredChat: null,
        leave: null,
        status: 'active',
      },
    ]);
  });

  it('takes every column', () => {
    const text = [
      [...rosterColumns, 'preferred_chat'].join(';'),
      '7;Bagas Umpama;b@contoh.example;B;Asia/Pontianak;six-day;leader, staff;en;pengawas;T1;U1;ten;obj;2026-12-01;2026-12-14;left;teams',
    ].join('\r\n');
    expect(readRoster({ file: 'people.csv', text: `\uFEFF${text}` }, units)).toMatchObject([
      {
        employeeKey: '7',
        timeZone: 'Asia/Pontianak',
        roles: ['staff', 'leader'],
        identities: [
          { platform: 'slack', workspaceId: 'T1', userId: 'U1' },
          { platform: 'teams', workspaceId: 'ten', userId: 'obj' },
        ],
        preferredChat: 'teams',
        leave: { from: '2026-12-01', to: '2026-12-14' },
        status: 'left',
      },
    ]);
  });

  it('takes an absence whose end nobody knows, and no end without a beginning', () => {
    const away = { ...plain, leave_from: '2026-09-01', leave_to: 'open' };
    expect(readRoster(file(away), units)).toMatchObject([
      { leave: { from: '2026-09-01', to: '9999-12-31' } },
    ]);
    for (const half of [
      { ...away, leave_to: '' },
      { ...away, leave_from: '' },
    ])
      expect(faultsOf(() => readRoster(file(half), units))).toEqual([
        expect.stringMatching(
          /allowed a date YYYY-MM-DD, as leave_to also open; both days or neither/,
        ),
      ]);
  });

  it.each([
    ['a NUL', '\u0000', 'U+0000'],
    ['a line end', '\n', 'U+000A'],
    ['a mark that turns the direction of reading', '\u202e', 'U+202E'],
    ['half a character', '\ud83d', 'U+D83D'],
  ])('names a cell with a control character by its line: %s', (_what, sign, found) => {
    const name = sign === '\n' ? `"Rina${sign}Contoh"` : `Rina${sign}Contoh`;
    expect(
      faultsOf(() => readRoster(file(plain, { ...plain, employee_key: '2', name }), units)),
    ).toEqual([
      `people.csv:3: control character in name, found "${found}", allowed characters that can be seen`,
    ]);
  });

  it('takes a cell of 200 characters and names a longer one by its line, not by its words', () => {
    const long = (length: number) => file({ ...plain, name: '\u{1F600}'.repeat(length) });
    expect(readRoster(long(200), units)).toHaveLength(1);
    expect(faultsOf(() => readRoster(long(201), units))).toEqual([
      'people.csv:2: name is longer than 200 characters, found "201", allowed at most 200',
    ]);
  });

  it('tells every fault on its own line', () => {
    const faults = faultsOf(() =>
      readRoster(
        file(
          { ...plain, unit: 'Z', time_zone: 'Asia/Bandung' },
          { ...plain, roles: 'staff boss', email: 'tanpa-at' },
          { ...plain, employee_key: '1.98E+17', leave_from: '2026-12-10', leave_to: '2026-12-01' },
          { ...plain, employee_key: '2', leave_from: '2026-02-30', work_pattern: 'shift' },
          { ...plain, employee_key: '', name: '', status: 'gone', slack_user: 'U9' },
        ),
        units,
      ),
    );
    expect(faults).toEqual([
      'people.csv:2: unknown unit, found "Z", allowed the code of a unit',
      expect.stringMatching(/^people\.csv:2: unknown time zone, found "Asia\/Bandung"/),
      'people.csv:3: duplicate employee key, first on line 2, found "0001", allowed each once',
      'people.csv:3: not an e-mail address, found "tanpa-at"',
      'people.csv:3: unknown role, found "boss", allowed staff, leader, hr, operator',
      expect.stringMatching(/^people\.csv:4: employee_key was rounded by a spreadsheet/),
      'people.csv:4: leave ends before it begins, found "2026-12-10 to 2026-12-01"',
      expect.stringMatching(
        /^people\.csv:5: unknown work_pattern, found "shift", allowed five-day/,
      ),
      expect.stringMatching(/^people\.csv:5: wrong leave_from, found "2026-02-30"/),
      expect.stringMatching(/^people\.csv:5: wrong leave_to/),
      'people.csv:6: employee_key is empty',
      'people.csv:6: name is empty',
      expect.stringMatching(/^people\.csv:6: unknown status, found "gone"/),
      expect.stringMatching(/^people\.csv:6: slack_workspace and slack_user go together/),
    ]);
  });

  it('refuses one chat identity on two people', () => {
    const chat = { slack_workspace: 'T1', slack_user: 'U1' };
    const faults = faultsOf(() =>
      readRoster(file({ ...plain, ...chat }, { ...plain, employee_key: '2', ...chat }), units),
    );
    expect(faults).toEqual([expect.stringMatching(/^people\.csv:3: duplicate slack user/)]);
  });

  it('refuses a wrong header, an uneven line and an empty file', () => {
    const text = file(plain).text;
    const read = (changed: string) =>
      faultsOf(() => readRoster({ file: 'p.csv', text: changed }, units));
    expect(read(text.replace('grade_band', 'nik'))).toEqual([
      'p.csv:1: column grade_band is missing',
      expect.stringMatching(/^p\.csv:1: unknown column, found "nik"/),
    ]);
    expect(read(`${text}\n1,2`)).toEqual(['p.csv:3: wrong number of cells, found "2", allowed 16']);
    expect(read('')).toEqual([expect.stringMatching(/^p\.csv:1: the file has no header line/)]);
  });
});

describe('the units file', () => {
  const head = 'code,name,parent,level_label';
  const read = (...lines: readonly string[]) =>
    readUnits({ file: 'units.csv', text: [head, ...lines].join('\n') });

  it('gives parents before children, whatever their order in the file', () => {
    const found = read('C,Cabang,B,Bidang', 'B,Biro,A,Biro', 'A,Akar,,Kementerian');
    expect(found.map(({ code }) => code)).toEqual(['A', 'B', 'C']);
    expect(found[0]).toEqual({ code: 'A', name: 'Akar', parent: null, levelLabel: 'Kementerian' });
  });

  it('refuses a duplicate, an unknown parent, an empty cell and a circle', () => {
    expect(faultsOf(() => read('A,Akar,,Kementerian', 'A,Lain,,Kementerian'))).toEqual([
      'units.csv:3: duplicate unit code, first on line 2, found "A", allowed each once',
    ]);
    expect(faultsOf(() => read('A,,X,Kementerian'))).toEqual([
      'units.csv:2: name is empty',
      expect.stringMatching(/^units\.csv:2: unknown parent unit, found "X"/),
    ]);
    expect(faultsOf(() => read('A,Akar,B,K', 'B,Biro,A,K', 'C,Cabang,B,K', 'D,Diri,D,K'))).toEqual([
      'units.csv:2: unit is its own ancestor, found "A → B → A", allowed a tree',
      'units.csv:3: unit is its own ancestor, found "B → A → B", allowed a tree',
      'units.csv:5: unit is its own ancestor, found "D → D", allowed a tree',
    ]);
  });
});

describe('the preview of an import', () => {
  const secret = 'rahasia-contoh';
  const keyed = (key: string, ...lines: readonly Cells[]) =>
    keyRoster({ units: [], people: readRoster(file(...lines), units) }, key).people;
  const read = (...lines: readonly Cells[]) => keyed(secret, ...lines);
  const chat = { slack_workspace: 'T1', slack_user: 'U1' };
  const stored = (...lines: readonly Cells[]): StoredPerson[] =>
    read(...lines).map((person, index) => ({ ...person, id: index + 1, unitId: 1 }));

  it('names joiners, movers, leavers, changes, the absent and the unmatched', () => {
    const current = stored(
      { ...plain, ...chat },
      { ...plain, employee_key: '2' },
      { ...plain, employee_key: '3' },
      { ...plain, employee_key: '4' },
    );
    const preview = previewRoster(
      current,
      read(
        { ...plain, unit: 'B' },
        { ...plain, employee_key: '2', status: 'left' },
        { ...plain, employee_key: '3', email: 'baru@contoh.example' },
        { ...plain, employee_key: '5', ...chat },
      ),
    );
    expect(preview.joiners.map(({ key }) => key)).toEqual([
      read({ ...plain, employee_key: '5' })[0]?.key,
    ]);
    expect(preview.movers.map(({ from, to }) => [from, to])).toEqual([['A', 'B']]);
    expect(preview.leavers).toHaveLength(1);
    expect(preview.changed.map(({ fields }) => fields)).toEqual([['email']]);
    expect(preview.absent.map(({ id }) => id)).toEqual([4]);
    expect(preview.unmatched.map(({ email }) => email)).toEqual(['baru@contoh.example']);
  });

  it('knows the key only as a pseudonym that depends on the secret', () => {
    const [person] = read(plain);
    expect(person?.key).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(person)).not.toContain('0001');
    expect(keyed('lain', plain)[0]?.key).not.toBe(person?.key);
  });
});
