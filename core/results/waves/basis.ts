/** What a close keeps beside its release for the waves after it: never shown, and of no single person. */
import type { ShownMoments } from '../cells.ts';
import type { Release } from '../release.ts';
import type { PowerSums } from './membership.ts';

/**
 * Sufficient statistics of the shown figures of concern, coded as published, and how the groups were composed. It
 * holds nothing of a hidden figure.
 */
export type Basis = {
  readonly moments: readonly ShownMoments[];
  /** Which key the sums of members were made under; '' where none are kept. */
  readonly madeUnder: string;
  readonly members: readonly { readonly unit: number; readonly sums: PowerSums }[];
};

/** A published wave as a later close reads it; a release of version 1 kept no basis. */
export type Earlier = { readonly release: Release; readonly basis: Basis | null };
