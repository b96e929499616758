/** Where the current token of a workspace is published for the doors. */
import type { Platform } from './ports.ts';

/** The name of its secret. */
export const tokenName = (platform: Platform, workspaceId: string): string =>
  `${platform}-token-${workspaceId}`;
