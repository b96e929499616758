/** Microsoft's clouds: a tenant lies in exactly one, and its keys, its addresses and its tokens are that one's. */
import { ConfigError } from '../../../core/errors.ts';

/** What differs between two clouds; every host is exact, and nothing of one is believed or asked in another. */
export type TeamsCloud = {
  /** Who issues the tokens with which the Bot Connector calls us. */
  readonly issuer: string;
  /** Where its signing keys are described. */
  readonly metadataUrl: string;
  /** Hosts that a service URL may name. A bearer token is sent nowhere else. */
  readonly hosts: readonly string[];
  /** Serves people from whom nothing has come in yet; null where Microsoft publishes none, and people write first. */
  readonly serviceUrl: string | null;
  /** Entra ID: where tokens are asked for, and who issues its older tokens. */
  readonly login: string;
  readonly olderIssuer: string;
  /** What a token for the Connector is for. */
  readonly scope: string;
  /** Microsoft Graph; null where it installs no app for somebody else (learn.microsoft.com/graph/teamwork-national-cloud-differences). */
  readonly graph: string | null;
  /** Pages that may hold the personal tab. */
  readonly frames: readonly string[];
};

const world = {
  issuer: 'https://api.botframework.com',
  metadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  hosts: [
    'smba.trafficmanager.net',
    'smba.onyx.prod.teams.trafficmanager.net',
    'smba.infra.gcc.teams.microsoft.com',
  ],
  serviceUrl: 'https://smba.trafficmanager.net/teams/',
  login: 'https://login.microsoftonline.com',
  olderIssuer: 'https://sts.windows.net',
  scope: 'https://api.botframework.com/.default',
  graph: 'https://graph.microsoft.com',
  // learn.microsoft.com/microsoftteams/platform/tabs/how-to/tab-requirements
  frames: [
    'https://teams.microsoft.com',
    'https://*.teams.microsoft.com',
    'https://*.cloud.microsoft',
    'https://*.office.com',
    'https://outlook.office.com',
  ],
} as const satisfies TeamsCloud;

const government = {
  issuer: 'https://api.botframework.us',
  metadataUrl: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
  login: 'https://login.microsoftonline.us',
  olderIssuer: 'https://sts.windows.net',
  scope: 'https://api.botframework.us/.default',
  graph: null,
} as const;

/**
 * Every cloud by the name that TEAMS_CLOUD gives it. Keys, issuers and scopes: learn.microsoft.com/azure/bot-service,
 * "how-to-deploy-gov-cloud-high" and "how-to-deploy-china-cloud". First service URLs: learn.microsoft.com/microsoftteams,
 * "send-proactive-messages". Hosts: the lists of Microsoft's Teams SDK (microsoft/teams.ts, cloud environments).
 */
export const teamsClouds = {
  public: world,
  /** The American government's tenants in the public cloud: its keys and its sign-in, a Connector of their own. */
  gcc: {
    ...world,
    hosts: ['smba.infra.gcc.teams.microsoft.com'],
    serviceUrl: 'https://smba.infra.gcc.teams.microsoft.com/teams/',
  },
  'gcc-high': {
    ...government,
    hosts: ['smba.infra.gov.teams.microsoft.us'],
    serviceUrl: 'https://smba.infra.gov.teams.microsoft.us/teams/',
    frames: ['https://gov.teams.microsoft.us', 'https://*.gov.teams.microsoft.us'],
  },
  dod: {
    ...government,
    hosts: ['smba.infra.dod.teams.microsoft.us'],
    serviceUrl: 'https://smba.infra.dod.teams.microsoft.us/teams/',
    frames: ['https://dod.teams.microsoft.us', 'https://*.dod.teams.microsoft.us'],
  },
  /** Operated by 21Vianet. */
  china: {
    issuer: 'https://api.botframework.azure.cn',
    metadataUrl: 'https://login.botframework.azure.cn/v1/.well-known/openidconfiguration',
    hosts: ['frontend.botapi.msg.infra.teams.microsoftonline.cn'],
    serviceUrl: null,
    login: 'https://login.partner.microsoftonline.cn',
    olderIssuer: 'https://sts.chinacloudapi.cn',
    scope: 'https://api.botframework.azure.cn/.default',
    graph: null,
    frames: ['https://teams.microsoftonline.cn', 'https://*.teams.microsoftonline.cn'],
  },
} as const satisfies Readonly<Record<string, TeamsCloud>>;

/** The cloud of this name, the public one without a name; throws ConfigError for a name that is none. */
export const teamsCloud = (name: string | undefined): TeamsCloud => {
  const found = Object.entries(teamsClouds).find(([known]) => known === (name || 'public'));
  if (found === undefined)
    throw new ConfigError(
      `TEAMS_CLOUD: found ${name}, allowed ${Object.keys(teamsClouds).join(', ')}`,
    );
  return found[1];
};
