/** Postgres in a network of its own; only the jobs can reach it. */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { type ISecurityGroup, Port, SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  AuroraPostgresEngineVersion,
  ClusterInstance,
  Credentials,
  DatabaseCluster,
  DatabaseClusterEngine,
} from 'aws-cdk-lib/aws-rds';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

/** Aurora capacity units: never paused, for a pause of 15 s at the first morning message would be felt. */
const capacity = { least: 0.5, most: 4 } as const;

export class Database extends Construct {
  /** Where functions that need SQL run. */
  readonly vpc: Vpc;
  readonly secret: ISecret;
  /** Members may open connections to the database. */
  readonly clients: ISecurityGroup;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.vpc = new Vpc(this, 'Network', {
      maxAzs: 2,
      // The jobs post to Slack and Teams, so their subnets need a way out; one gateway is enough to stand.
      natGateways: 1,
      subnetConfiguration: [
        { name: 'way-out', subnetType: SubnetType.PUBLIC, cidrMask: 26 },
        { name: 'jobs', subnetType: SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 22 },
        { name: 'data', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 26 },
      ],
    });
    this.clients = new SecurityGroup(this, 'Clients', {
      vpc: this.vpc,
      description: 'Functions that use the database',
    });
    const cluster = new DatabaseCluster(this, 'Postgres', {
      engine: DatabaseClusterEngine.auroraPostgres({
        version: AuroraPostgresEngineVersion.VER_18_4,
      }),
      credentials: Credentials.fromGeneratedSecret('langkah'),
      defaultDatabaseName: 'langkah',
      writer: ClusterInstance.serverlessV2('Writer'),
      serverlessV2MinCapacity: capacity.least,
      serverlessV2MaxCapacity: capacity.most,
      vpc: this.vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
      storageEncrypted: true,
      backup: { retention: Duration.days(7) },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.SNAPSHOT,
    });
    cluster.connections.allowFrom(this.clients, Port.tcp(5432), 'the jobs');
    if (cluster.secret === undefined) throw new Error('the cluster came without its credentials');
    this.secret = cluster.secret;
  }
}
