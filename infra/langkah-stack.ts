/** The AWS home of one agency: a door outside, jobs beside the database, a queue between them. */
import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Alarms } from './alarms/alarms.ts';
import { Database } from './database.ts';
import { Door } from './door.ts';
import { Inbox } from './inbox.ts';
import { Jobs } from './jobs.ts';
import { Settings } from './settings.ts';
import { Tab } from './tab.ts';

type Props = {
  /** AWS region of everything in the stack. */
  readonly region: string;
};

export class LangkahStack extends Stack {
  constructor(scope: Construct, id: string, { region }: Props) {
    // Without an account the template fits any account, and no look-up of its zones is needed.
    super(scope, id, { env: { region }, description: 'Langkah: one small step a day, in chat' });
    const settings = new Settings(this, 'Settings');
    const database = new Database(this, 'Database');
    const inbox = new Inbox(this, 'Inbox');
    const door = new Door(this, 'Door', { settings, inbox });
    const jobs = new Jobs(this, 'Jobs', { settings, database, inbox });
    const tab = new Tab(this, 'Tab', { settings, database, api: door.api });
    const functions = { ...jobs.functions, door: door.http, tab: tab.pages };
    const { topic } = new Alarms(this, 'Alarms', { inbox, functions });
    for (const [name, path] of Object.entries(door.addresses))
      new CfnOutput(this, name, { value: `${door.url}${path}` });
    // What an operator needs besides: whom alarms are told, and how a machine of theirs reaches the database.
    new CfnOutput(this, 'AlarmTopic', { value: topic.topicArn });
    new CfnOutput(this, 'DatabaseSecret', { value: database.secret.secretArn });
    new CfnOutput(this, 'DatabaseClients', { value: database.clients.securityGroupId });
  }
}
