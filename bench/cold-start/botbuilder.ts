/** The Bot Framework alone: its adapter verifies one activity and hands it to a bot that says nothing. */
import { CloudAdapter, ConfigurationBotFrameworkAuthentication, type Response } from 'botbuilder';
import { answered, given } from './answer.ts';

const { headers, body, appId, tenantId, metadataUrl } = given();
const authentication = new ConfigurationBotFrameworkAuthentication({
  MicrosoftAppType: 'SingleTenant',
  MicrosoftAppId: appId,
  MicrosoftAppPassword: 'sandi-uji-coba',
  MicrosoftAppTenantId: tenantId,
  ValidateAuthority: true,
  ToChannelFromBotLoginUrl: `https://login.microsoftonline.com/${tenantId}`,
  ToChannelFromBotOAuthScope: 'https://api.botframework.com',
  ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
  ToBotFromChannelOpenIdMetadataUrl: metadataUrl,
});
const adapter = new CloudAdapter(authentication);
let status = 0;
const response: Response = {
  socket: null,
  status: (code) => {
    status = code;
    return response;
  },
  header: () => response,
  send: () => response,
  end: () => response,
};
const request = { method: 'POST', headers, body: JSON.parse(body) };
await adapter.process(request, response, async () => undefined);
answered(status);
