/** The installation guides as somebody follows them: terminal by terminal, with what each one was told. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../../functions/app/files.ts';

type Walk = { readonly command: string; readonly told: ReadonlySet<string> };

/** Commands of a guide, each with the names that its terminal knows; a start keeps its terminal, so a new one begins. */
const walk = (page: string): readonly Walk[] => {
  let told = new Set<string>();
  const walked: Walk[] = [];
  for (const line of page.split('\n')) {
    const exported = /^ *export (.+)$/.exec(line)?.[1] ?? '';
    for (const [, name = ''] of exported.matchAll(/\b([A-Z_]+)=/g)) told.add(name);
    for (const [command] of line.matchAll(/np[mx] (start|langkah)[^`]*/g)) {
      walked.push({ command, told: new Set(told) });
      if (command.startsWith('npm start')) told = new Set();
    }
  }
  return walked;
};

/** The trial alone: what follows is of deployed hosts and of cases of their own. */
const trialOf = async (guide: string, end: string): Promise<readonly Walk[]> => {
  const page = await readFile(join(root, 'docs', guide), 'utf8');
  const from = page.indexOf('export ');
  expect(page.indexOf(end)).toBeGreaterThan(from);
  return walk(page.slice(from, page.indexOf(end)));
};

const agency = ['AGENCY_NAME', 'AGENCY_LETTER', 'AGENCY_CONTACT'];
const teams = ['TEAMS_APP_ID', 'TEAMS_APP_PASSWORD', 'TEAMS_TENANTS'];
const home = 'LANGKAH_HOME';

describe.each([
  {
    guide: 'install-teams.md',
    end: '## Permissions',
    commands: [
      ['npm start -- --connect', [...teams, 'PUBLIC_URL', ...agency]],
      ['npx langkah teams package', teams],
      ['npx langkah roster import', [home]],
      ['npx langkah doctor', [home, ...teams]],
    ],
  },
  {
    guide: 'install-slack.md',
    end: '## A deployed house',
    commands: [
      ['npm start -- --connect', ['SLACK_APP_TOKEN', 'SLACK_BOT_TOKEN', ...agency]],
      ['npx langkah roster import', [home]],
      ['npx langkah doctor', [home, 'SLACK_BOT_TOKEN']],
    ],
  },
] as const)('$guide', ({ guide, end, commands }) => {
  it('gives each command, in the terminal in which it is typed, what it needs', async () => {
    const walked = await trialOf(guide, end);
    for (const [command, needed] of commands) {
      const found = walked.find((one) => one.command.startsWith(command));
      expect([...(found?.told ?? [])], command).toEqual(expect.arrayContaining([...needed]));
    }
  });

  it('names the home of the host that it starts', async () => {
    expect(await readFile(join(root, 'docs', guide), 'utf8')).toContain(
      'LANGKAH_HOME=.langkah-connected',
    );
  });
});
