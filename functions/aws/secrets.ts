/** Secrets in AWS Secrets Manager, deleted at once and without recovery. */
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { Secrets } from '../../core/ports.ts';

/**
 * Secrets whose names begin with `prefix`. A secret whose deletion is still under way is not called absent: `get` and
 * `put` then reject, and the caller tries again later.
 */
export const awsSecrets = (client: SecretsManagerClient, prefix: string): Secrets => ({
  get: async (name) => {
    try {
      const { SecretString } = await client.send(
        new GetSecretValueCommand({ SecretId: `${prefix}${name}` }),
      );
      return SecretString ?? null;
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return null;
      throw error;
    }
  },
  put: async (name, value) => {
    const id = `${prefix}${name}`;
    try {
      await client.send(new PutSecretValueCommand({ SecretId: id, SecretString: value }));
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
      await client.send(new CreateSecretCommand({ Name: id, SecretString: value }));
    }
  },
  remove: async (name) => {
    try {
      await client.send(
        new DeleteSecretCommand({ SecretId: `${prefix}${name}`, ForceDeleteWithoutRecovery: true }),
      );
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
    }
  },
});
