/** A line to the test server that can fall silent: what is sent on it is lost, and no end of it is ever told. */
import { connect, createServer, type Socket } from 'node:net';
import { afterFile } from './after-file.ts';

type Line = {
  /** The same database, reached through the line. */
  readonly url: string;
  /** Loses every connection that stands; one made later is answered, as after a failover. */
  readonly silence: () => void;
};

/** Opens the line; it goes after the file's tests. */
export const silentLine = async (url: string): Promise<Line> => {
  const { hostname, port } = new URL(url);
  const ends = new Set<Socket>();
  let silent = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(from);
      from.on('data', (bytes) => silent.has(from) || to.write(bytes));
      from.on('error', () => undefined);
      from.on('close', () => silent.has(from) || to.destroy());
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  afterFile(async () => {
    for (const end of ends) end.destroy();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the line has no port');
  const through = new URL(url);
  through.host = `127.0.0.1:${address.port}`;
  return {
    url: through.toString(),
    silence: () => {
      silent = new Set(ends);
    },
  };
};
