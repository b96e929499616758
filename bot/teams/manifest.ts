/** What the app asks of Teams: one bot in the personal scope, its commands in both languages, at most one web tab. */
import { ConfigError } from '../../core/errors.ts';
import type { Text } from '../../core/language.ts';

/** Whom the app belongs to; every address is https. */
export type ManifestWish = {
  /** The bot's app id; it is the id of the Teams app, too. */
  readonly appId: string;
  /** The agency, as the publisher of the app. */
  readonly agency: string;
  readonly website: string;
  readonly privacy: string;
  readonly terms: string;
  /** `major.minor.patch`; Teams takes an update only with a higher one. */
  readonly version: string;
  /** Host that serves the personal tab; null = the chat alone. */
  readonly tabHost: string | null;
};

/** Version of the manifest's schema. */
const schemaVersion = '1.23';
const schemaOf = (name: string): string =>
  `https://developer.microsoft.com/json-schemas/teams/v${schemaVersion}/${name}.schema.json`;

/** Files of the package that the manifest names. */
export const packageFiles = {
  color: 'color.png',
  outline: 'outline.png',
  english: 'en.json',
} as const;

const accentColor = '#1B5E9B';

const short: Text = {
  id: 'Satu langkah kecil setiap hari kerja untuk mengenal dan memakai AI',
  en: 'One small step each working day towards knowing and using AI',
};
const full: Text = {
  id: 'Langkah mengirim paling banyak satu kiat singkat setiap hari kerja tentang kecerdasan artifisial (AI) di lingkungan birokrasi, dan sesekali survei singkat yang dirahasiakan. Kiat disusun dari dokumen, dan sumbernya selalu dicantumkan. Keikutsertaan bersifat sukarela: Anda dapat menjeda atau berhenti kapan saja. Pesan yang Anda ketik dijawab, tetapi tidak disimpan.',
  en: 'Langkah sends at most one short tip each working day about artificial intelligence (AI) in government offices, and now and then a short confidential survey. Its tips are drawn from documents, and the source is always named. Taking part is voluntary: you can pause or stop at any time. What you type is answered but not stored.',
};

type Command = { readonly title: Text; readonly description: Text };

/** The commands that Teams offers while typing; the chat understands each title as it stands. */
export const commands: readonly Command[] = [
  {
    title: { id: 'Bantuan', en: 'Help' },
    description: {
      id: 'Apa itu Langkah dan apa yang dapat Anda ketik',
      en: 'What Langkah is and what you may type',
    },
  },
  {
    title: { id: 'Kiat hari ini', en: "Today's tip" },
    description: { id: 'Kiat terakhir sekali lagi', en: 'The latest tip once more' },
  },
  {
    title: { id: 'Tunda', en: 'Later' },
    description: { id: 'Kirim kiat ini nanti saja', en: 'Send this tip at a later time' },
  },
  {
    title: { id: 'Jeda', en: 'Pause' },
    description: {
      id: 'Tanpa kiriman selama sepekan; "jeda 3" untuk tiga hari',
      en: 'No messages for a week; "pause 3" for three days',
    },
  },
  {
    title: { id: 'Bahasa', en: 'Language' },
    description: { id: 'Bahasa Indonesia atau bahasa Inggris', en: 'Indonesian or English' },
  },
  {
    title: { id: 'Data saya', en: 'My data' },
    description: { id: 'Apa yang tersimpan tentang Anda', en: 'What is stored about you' },
  },
  {
    title: { id: 'Berhenti', en: 'Stop' },
    description: { id: 'Tidak menerima kiriman lagi', en: 'Receive no more messages' },
  },
];

const tabName: Text = { id: 'Kemajuan dan pengaturan', en: 'Progress and settings' };

/** Path of the personal tab on its host. */
export const tabPath = '/teams/tab';

/** The application id URI of the tab's sign-in (learn.microsoft.com/microsoftteams/platform/tabs/how-to/authentication/tab-sso-register-aad). */
export const tabResource = (host: string, appId: string): string => `api://${host}/botid-${appId}`;

/** The manifest, in Indonesian; throws ConfigError naming every value that Teams would refuse. */
export const teamsManifest = (wish: ManifestWish) => {
  check(wish);
  const { appId, agency, tabHost } = wish;
  const host = tabHost === null ? [] : [tabHost];
  return {
    $schema: schemaOf('MicrosoftTeams'),
    manifestVersion: schemaVersion,
    version: wish.version,
    id: appId,
    localizationInfo: {
      defaultLanguageTag: 'id',
      additionalLanguages: [{ languageTag: 'en', file: packageFiles.english }],
    },
    developer: {
      name: agency,
      websiteUrl: wish.website,
      privacyUrl: wish.privacy,
      termsOfUseUrl: wish.terms,
    },
    name: { short: 'Langkah' },
    description: { short: short.id, full: full.id },
    icons: { color: packageFiles.color, outline: packageFiles.outline },
    accentColor,
    defaultInstallScope: 'personal',
    bots: [
      {
        botId: appId,
        scopes: ['personal'],
        isNotificationOnly: false,
        supportsFiles: false,
        commandLists: [
          {
            scopes: ['personal'],
            commands: commands.map(({ title, description }) => ({
              title: title.id,
              description: description.id,
            })),
          },
        ],
      },
    ],
    staticTabs: [
      { entityId: 'conversations', scopes: ['personal'] },
      ...host.map((one) => ({
        entityId: 'langkah',
        name: tabName.id,
        // Teams puts its own language in place of the braces.
        contentUrl: `https://${one}${tabPath}?bahasa={locale}`,
        scopes: ['personal'],
      })),
      { entityId: 'about', scopes: ['personal'] },
    ],
    permissions: ['identity', 'messageTeamMembers'],
    validDomains: host,
    // Installing by Graph asks for it even where nobody signs in (least permission TeamsAppInstallation.ReadWriteSelfForUser.All).
    webApplicationInfo: {
      id: appId,
      resource: tabHost === null ? `api://botid-${appId}` : tabResource(tabHost, appId),
    },
  };
};

/** What the manifest says in English. */
export const englishTexts = ({
  tabHost,
}: Pick<ManifestWish, 'tabHost'>): Readonly<Record<string, string>> => ({
  $schema: schemaOf('MicrosoftTeams.Localization'),
  'name.short': 'Langkah',
  'description.short': short.en,
  'description.full': full.en,
  ...Object.fromEntries(
    commands.flatMap(({ title, description }, at) => {
      const place = `bots[0].commandLists[0].commands[${at}]`;
      return [
        [`${place}.title`, title.en],
        [`${place}.description`, description.en],
      ];
    }),
  ),
  ...(tabHost === null ? {} : { 'staticTabs[1].name': tabName.en }),
});

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const hostName = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i;

const check = ({ appId, agency, version, tabHost, ...urls }: ManifestWish): void => {
  const faults = [
    ...(guid.test(appId) ? [] : ['the app id is not a GUID']),
    ...(agency.trim() !== '' && [...agency].length <= 32
      ? []
      : ['the agency’s name has 1 to 32 characters']),
    ...(/^\d+\.\d+\.\d+$/.test(version) ? [] : ['the version is major.minor.patch']),
    ...(tabHost === null || hostName.test(tabHost) ? [] : ['the host of the tab is a host name']),
    ...Object.entries({ website: urls.website, privacy: urls.privacy, terms: urls.terms })
      .filter(([, url]) => !URL.canParse(url) || new URL(url).protocol !== 'https:')
      .map(([name]) => `${name} is an https address`),
  ];
  if (faults.length > 0) throw new ConfigError(`the Teams app package: ${faults.join('; ')}`);
};
