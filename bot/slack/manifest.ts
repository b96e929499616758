/** What the app asks of Slack: scopes, events and addresses; manifest.json is written from here. */
import { type shortcuts, slashCommand } from './forms/payloads.ts';

/** Scopes without which the app does not work, and why (docs.slack.dev/reference/scopes). */
export const neededScopes = {
  'chat:write': 'to send messages',
  commands: 'for the command /langkah',
  'im:write': 'to look up a first message to somebody when its answer is lost',
  'users:read': 'to follow time zones and closed accounts',
} as const;

/** Scopes an agency may add. */
export const optionalScopes = {
  'users:read.email': 'to match people with the roster by their e-mail address',
  'im:history': 'to look up a message whose answer is lost, and to read typed words',
} as const;

/** Events the app subscribes to, none of which needs more than the needed scopes. */
const neededEvents = [
  'app_home_opened',
  'app_uninstalled',
  'team_join',
  'tokens_revoked',
  'user_change',
] as const;

/** Events of an app that whole organisations may install. */
const organisationEvents = ['team_access_granted', 'team_access_revoked'] as const;

/** Typed words, which come with an optional scope. */
const historyEvents = ['message.im'] as const;

/** Everything to listen for but messages. */
export const listenedEvents = [...neededEvents, ...organisationEvents] as const;

export type ManifestWish = {
  /** `https://…` of the deployed doors; null = Socket Mode, for a trial on one machine. */
  readonly url: string | null;
  readonly optional: readonly (keyof typeof optionalScopes)[];
};

/** How the global shortcuts are named in Slack's menu, and what they do. */
const shortcutNames: Readonly<Record<keyof typeof shortcuts, readonly [string, string]>> = {
  'langkah-today': ['Kiat hari ini', 'Menampilkan kiat hari ini'],
  'langkah-pause': ['Jeda satu pekan', 'Menjeda kiriman selama 7 hari'],
  'langkah-my-data': ['Data saya', 'Menampilkan data Anda di Langkah'],
  'langkah-help': ['Bantuan Langkah', 'Menampilkan pilihan Anda'],
};

/** The app manifest (docs.slack.dev/reference/app-manifest). */
export const slackManifest = ({ url, optional }: ManifestWish) => {
  const history = optional.includes('im:history');
  const address = url === null ? {} : { url: `${url}/slack/events` };
  const request = url === null ? {} : { request_url: `${url}/slack/events` };
  return {
    _metadata: { major_version: 1, minor_version: 1 },
    display_information: {
      name: 'Langkah',
      description: 'Satu langkah kecil setiap hari kerja untuk mengenal dan memakai AI.',
      background_color: '#0b5345',
    },
    features: {
      app_home: {
        home_tab_enabled: true,
        messages_tab_enabled: true,
        // Who may not be read may not be invited to write either.
        messages_tab_read_only_enabled: !history,
      },
      bot_user: { display_name: 'langkah', always_online: true },
      shortcuts: Object.entries(shortcutNames).map(([callback_id, [name, description]]) => ({
        ...{ name, type: 'global', callback_id, description },
      })),
      slash_commands: [
        {
          command: slashCommand,
          ...address,
          description: 'Kiat hari ini, tunda, jeda, pengaturan, data saya',
          usage_hint:
            'bantuan | hari-ini | tunda | jeda | frekuensi | bahasa | data-saya | berhenti',
          should_escape: false,
        },
      ],
    },
    oauth_config: {
      ...(url === null ? {} : { redirect_urls: [`${url}/slack/oauth_redirect`] }),
      scopes: { bot: [...Object.keys(neededScopes), ...optional] },
    },
    settings: {
      event_subscriptions: {
        ...request,
        bot_events: [
          ...neededEvents,
          ...(url === null ? [] : organisationEvents),
          ...(history ? historyEvents : []),
        ].sort(),
      },
      interactivity: { is_enabled: true, ...request },
      // An organisation installs by OAuth, which a trial on one machine does not offer.
      org_deploy_enabled: url !== null,
      socket_mode_enabled: url === null,
      // A trial pastes its token by hand; a deployed house renews it by itself.
      token_rotation_enabled: url !== null,
    },
  };
};
