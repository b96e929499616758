import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { commands, englishTexts, teamsManifest } from '../../../bot/teams/manifest.ts';
import { readCommand } from '../../../core/conversation/command.ts';
import { ConfigError } from '../../../core/errors.ts';
import { unzip } from '../../../functions/local/ingest/readers/zip.ts';
import { appPackage } from '../../../functions/local/teams/package.ts';
import { appId } from '../../support/teams/tokens.ts';

const site = 'https://kementerian.example/';
const wish = {
  appId,
  agency: 'Kementerian Contoh',
  website: site,
  privacy: `${site}privasi`,
  terms: `${site}ketentuan`,
  version: '1.0.0',
  tabHost: null,
};
const withTab = { ...wish, tabHost: 'langkah.kementerian.example' };

/** Microsoft's schema as its own package brings it; draft 04, whose `$schema` the validator does not know. */
const validator = (name: string) => {
  const { $schema: _, ...schema } = createRequire(import.meta.url)(
    `@microsoft/app-manifest/build/json-schemas/teams/v1.23/${name}.schema.json`,
  );
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  // A CommonJS module: its function is the default of the default.
  (addFormats as unknown as { default: (to: Ajv) => void }).default(ajv);
  const validate = ajv.compile(schema);
  return (value: unknown): readonly string[] =>
    validate(value)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};
const manifestFaults = validator('MicrosoftTeams');
const textFaults = validator('MicrosoftTeams.Localization');

describe('the manifest of the Teams app', () => {
  it.each([
    ['the chat alone', wish],
    ['a personal tab', withTab],
  ])('with %s is valid against Microsoft’s schema, in both languages', (_, one) => {
    expect(manifestFaults(teamsManifest(one))).toEqual([]);
    expect(textFaults(englishTexts(one))).toEqual([]);
  });

  it('is checked by a schema that refuses a wrong one', () => {
    const manifest = teamsManifest(wish);
    expect(manifestFaults({ ...manifest, accentColor: 'biru' })).not.toEqual([]);
    expect(manifestFaults({ ...manifest, id: 'bukan guid' })).not.toEqual([]);
    expect(textFaults({ ...englishTexts(wish), 'description.short': 'x'.repeat(81) })).not.toEqual(
      [],
    );
  });

  it('offers only commands that the chat understands, in both languages', () => {
    const understood = commands.map(({ title }) => [
      readCommand(title.id).name,
      readCommand(title.en).name,
    ]);
    expect(understood).toEqual([
      ['help', 'help'],
      ['lesson', 'lesson'],
      ['later', 'later'],
      ['pause', 'pause'],
      ['which-language', 'which-language'],
      ['my-data', 'my-data'],
      ['stop', 'stop'],
    ]);
  });

  it('translates every text that a person sees, and each of them exists', () => {
    const { bots, staticTabs, ...manifest } = teamsManifest(withTab);
    const seen = new Set([
      'name.short',
      'description.short',
      'description.full',
      ...(bots[0]?.commandLists[0]?.commands ?? []).flatMap((_, at) =>
        ['title', 'description'].map((one) => `bots[0].commandLists[0].commands[${at}].${one}`),
      ),
      ...staticTabs.flatMap((tab, at) => ('name' in tab ? [`staticTabs[${at}].name`] : [])),
    ]);
    const { $schema: _, ...english } = englishTexts(withTab);
    expect(new Set(Object.keys(english))).toEqual(seen);
    expect(manifest.localizationInfo).toEqual({
      defaultLanguageTag: 'id',
      additionalLanguages: [{ languageTag: 'en', file: 'en.json' }],
    });
  });

  it('asks for the personal scope and for nothing of teams, channels or files', () => {
    const text = JSON.stringify(teamsManifest(withTab));
    expect(text).not.toMatch(/"(team|groupChat|copilot)"|"supportsFiles":true|authorization/);
  });

  it('names no other chat product in any of its texts', () => {
    expect(JSON.stringify([teamsManifest(withTab), englishTexts(withTab)])).not.toMatch(/slack/i);
  });

  it('lets Teams name its language to the tab', () => {
    const [, tab] = teamsManifest(withTab).staticTabs;
    expect(tab).toMatchObject({
      contentUrl: 'https://langkah.kementerian.example/teams/tab?bahasa={locale}',
    });
  });

  it('names every value that Teams would refuse, at once', () => {
    const bad = {
      ...wish,
      appId: 'x',
      agency: 'K'.repeat(33),
      website: 'http://a.example/',
      version: '1',
    };
    const faulty = () => teamsManifest({ ...bad, tabHost: 'https://a' });
    expect(faulty).toThrow(ConfigError);
    expect(faulty).toThrow(
      /app id is not a GUID; .*32 characters; the version .*; the host .*; website is an https/,
    );
  });
});

describe('the app package', () => {
  it('holds manifest, texts and two icons of the right size, the same bytes each time', async () => {
    const [one, two] = [await appPackage(wish), await appPackage(wish)];
    expect(one.equals(two)).toBe(true);
    const parts = unzip(one, { wanted: /./, most: 2 ** 20 });
    expect([...parts.keys()]).toEqual(['manifest.json', 'en.json', 'color.png', 'outline.png']);
    const read = (name: string) => JSON.parse(Buffer.from(parts.get(name) ?? '').toString());
    expect(read('manifest.json')).toEqual(JSON.parse(JSON.stringify(teamsManifest(wish))));
    expect(read('en.json')).toEqual(englishTexts(wish));
    expect([sizeOf(parts.get('color.png')), sizeOf(parts.get('outline.png'))]).toEqual([192, 32]);
  });
});

/** Width of a PNG, which is as high as it is wide. */
const sizeOf = (png: Uint8Array | undefined): number => {
  const view = Buffer.from(png ?? []);
  const [width, height] = [view.readUInt32BE(16), view.readUInt32BE(20)];
  expect(width).toBe(height);
  return width;
};
