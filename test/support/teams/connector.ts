/** A Connector client whose network is the test's own, and a message to send with it. */
import { connectorClient } from '../../../bot/teams/client.ts';
import { teamsMessage } from '../../../bot/teams/view.ts';
import type { ChatMessage } from '../../../core/conversation/message.ts';
import { serviceUrl } from './tokens.ts';

const message: ChatMessage = {
  kind: 'notice',
  language: 'id',
  title: 'Uji',
  text: 'Sebuah pesan uji yang cukup panjang.',
  parts: [],
};
export const activity = teamsMessage(message);
export const place = { serviceUrl, conversation: 'a:percakapan/1' };

/** A client whose network is `answer`; keeps every request that left. */
export const clientOf = (answer: (request: Request) => Response | Promise<Response>) => {
  const requests: Request[] = [];
  const tokens = { given: 0 };
  const client = connectorClient({
    token: async () => {
      tokens.given += 1;
      return 'rahasia';
    },
    fetch: async (input, init) => {
      const request = new Request(input, init);
      requests.push(request.clone());
      return answer(request);
    },
    allowedHosts: ['smba.trafficmanager.net'],
    timeout: 50,
  });
  return { client, requests, tokens };
};
