/** One function: our TypeScript bundled by esbuild on this machine, with the files it reads beside it. */
import { execFileSync, execSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType, Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { Architecture, Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import {
  type BundlingOptions,
  NodejsFunction,
  type NodejsFunctionProps,
  OutputFormat,
} from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

const root = resolve(fileURLToPath(import.meta.url), '../..');

/** What the code reads at run time, by its place in the project, and its place beside the bundle. */
const carried = {
  content: { from: 'content', to: 'content' },
  migrations: { from: 'core/store/migrations', to: 'core/store/migrations' },
  /** The solver behind the disclosure audit looks for it in its own folder. */
  solver: { from: 'node_modules/highs/build/highs.wasm', to: 'highs.wasm' },
} as const;

/** Files made for a bundle, and the program that writes each into the bundle's folder. */
const made = {
  catalogue: 'functions/aws/prepare/main.ts',
  'tab assets': 'functions/app/prepare/main.ts',
} as const;

/** Packages written for `require` find it, and their own place, in an ES module bundle too. */
const banner = [
  "import { createRequire as bundleRequire } from 'node:module';",
  "import { dirname as bundleDirname } from 'node:path';",
  "import { fileURLToPath as bundlePath } from 'node:url';",
  'const require = bundleRequire(import.meta.url);',
  'const bundleFile = bundlePath(import.meta.url);',
  'const bundleFolder = bundleDirname(bundleFile);',
].join(' ');

/** How every function but the quick ones is bundled; `pg-native` is an optional addition to pg that is not installed, and no function builds. */
export const bundle = {
  format: 'esm',
  target: 'node24',
  external: ['pg-native', 'esbuild'],
  banner,
  // Under names of our own: a package may declare these itself.
  define: { __filename: 'bundleFile', __dirname: 'bundleFolder' },
} as const;

type Props = {
  /** Entry file, from the project's root. */
  readonly entry: string;
  readonly description: string;
  readonly carries: readonly (keyof typeof carried | keyof typeof made)[];
  /** Seconds. */
  readonly timeout: number;
  /** Megabytes; processor time grows with it. */
  readonly memory: number;
  readonly environment: Readonly<Record<string, string>>;
  /** @default - outside any network, with the internet but without the database */
  readonly network?: {
    readonly vpc: IVpc;
    readonly vpcSubnets: SubnetSelection;
    readonly securityGroups: ISecurityGroup[];
  };
  /** True where somebody waits for the start (infra/quick). */
  readonly quick?: boolean;
  /** Most runs at one time. @default - as many as the account allows */
  readonly runs?: number;
};

/** A function on Node 24 and arm64 with its own log, kept for a month. */
export const nodeFunction = (scope: Construct, id: string, props: Props): NodejsFunction =>
  new NodejsFunction(scope, id, {
    entry: join(root, props.entry),
    projectRoot: root,
    depsLockFilePath: join(root, 'package-lock.json'),
    description: props.description,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    memorySize: props.memory,
    timeout: Duration.seconds(props.timeout),
    environment: {
      ...props.environment,
      ...(props.quick === true ? {} : { NODE_OPTIONS: '--enable-source-maps' }),
    },
    ...props.network,
    ...(props.runs === undefined ? {} : { reservedConcurrentExecutions: props.runs }),
    logGroup: new LogGroup(scope, `${id}Log`, {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    }),
    ...(props.quick === true ? quickly(props) : { bundling: plainly(props) }),
  });

const plainly = ({ carries }: Props): BundlingOptions => ({
  format: OutputFormat.ESM,
  target: bundle.target,
  externalModules: [...bundle.external],
  banner: bundle.banner,
  define: bundle.define,
  sourceMap: true,
  sourcesContent: false,
  commandHooks: {
    beforeBundling: () => [],
    beforeInstall: () => [],
    afterBundling: (project, out) => carries.map((name) => bring(project, out, name)),
  },
});

/** Bundled by our own program, which does what the toolkit's options cannot say. */
const quickly = ({ entry, carries }: Props): Pick<NodejsFunctionProps, 'code' | 'handler'> => ({
  handler: 'index.handler',
  code: Code.fromAsset(root, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: Runtime.NODEJS_24_X.bundlingImage,
      local: {
        tryBundle: (out) => {
          const program = ['--import', 'tsx', 'infra/quick/main.ts', entry, out];
          execFileSync(process.execPath, program, { cwd: root, stdio: 'inherit' });
          for (const name of carries) execSync(bring(root, out, name), { stdio: 'inherit' });
          return true;
        },
      },
    },
  }),
});

const bring = (project: string, out: string, name: Props['carries'][number]): string => {
  if (name === 'catalogue' || name === 'tab assets')
    return `cd "${project}" && node --import tsx "${made[name]}" "${out}"`;
  const { from, to } = carried[name];
  return `mkdir -p "$(dirname "${out}/${to}")" && cp -R "${project}/${from}" "${out}/${to}"`;
};
