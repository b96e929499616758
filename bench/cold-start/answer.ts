/** What a measured process is given, and the one line it prints once it has answered. */

export type Given = {
  readonly secret: string;
  readonly appId: string;
  readonly tenantId: string;
  readonly metadataUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Out of the environment, as JSON. */
export const given = (): Given => JSON.parse(process.env['GIVEN'] ?? '');

/** Prints the status with this process's memory (bytes) and processor time (microseconds), and ends it. */
export const answered = (status: number): void => {
  const { user, system } = process.cpuUsage();
  const line = { status, rss: process.memoryUsage.rss(), cpu: user + system };
  process.stdout.write(`${JSON.stringify(line)}\n`, () => process.exit(0));
};
