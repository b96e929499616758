/** `npx cdk synth` starts here; it looks nothing up and needs neither network nor credentials. */
import { App } from 'aws-cdk-lib';
import { LangkahStack } from './langkah-stack.ts';

const app = new App();

/** One stack is one agency: its own database, keys and queue. A second agency takes another name. */
new LangkahStack(app, process.env['LANGKAH_STACK'] ?? 'langkah', {
  // Jakarta: the agency's data stay in the country.
  region: process.env['LANGKAH_REGION'] ?? 'ap-southeast-3',
});
