/** What a statement of the store is, as far as fault points and the witness care. */

export type Statement = {
  readonly kind: 'begin' | 'commit' | 'rollback' | 'other';
  /** Short and the same in every run. */
  readonly label: string;
  /** Its effects wait for the end of a transaction. */
  readonly inside: boolean;
  /** Takes effect by itself, or ends the transaction in which effects wait. */
  readonly takesEffect: boolean;
  readonly plans: boolean;
  readonly leases: boolean;
  readonly intends: boolean;
  readonly settles: boolean;
  /** Tables whose rows may have changed once it took effect. */
  readonly touches: { readonly outbox: boolean; readonly crowd: boolean };
};

const none = { plans: false, leases: false, intends: false, settles: false };

/** Reads a statement; a commit is what its transaction was. */
export const statementOf = (text: string, within: readonly Statement[]): Statement => {
  const plain = text.replace(/\s+/g, ' ').trim();
  if (plain === 'commit') {
    const any = (has: (one: Statement) => boolean): boolean => within.some(has);
    return {
      kind: 'commit',
      label: 'commit',
      inside: false,
      takesEffect: true,
      plans: any((one) => one.plans),
      leases: any((one) => one.leases),
      intends: any((one) => one.intends),
      // The claim settles what it holds back; the final commit is that of a run's outcomes.
      settles: any((one) => one.settles) && !any((one) => one.intends),
      touches: {
        outbox: any((one) => one.touches.outbox),
        crowd: any((one) => one.touches.crowd),
      },
    };
  }
  if (plain === 'begin' || plain === 'rollback')
    return {
      kind: plain,
      label: plain,
      inside: false,
      takesEffect: false,
      ...none,
      touches: nothing,
    };
  return other(plain, within);
};

const nothing = { outbox: false, crowd: false };

const other = (plain: string, within: readonly Statement[]): Statement => {
  const writes = /\b(insert into|update|delete from)\b/i.test(plain);
  return {
    kind: 'other',
    label: plain.replace(/\$\d+/g, '?').slice(0, 72),
    inside: within.length > 0,
    takesEffect: within.length === 0,
    plans: /insert into outbox/i.test(plain),
    leases: /^update "lanes" set .*"leased_until" = \$\d+, "fence" = fence \+ 1/.test(plain),
    intends: /update outbox o set state = 'sending'/i.test(plain),
    settles: /update outbox o set state = (case when o\.in_doubt|'settled')/i.test(plain),
    touches: {
      outbox: writes && /\boutbox\b/.test(plain),
      crowd:
        /\b(insert into|update|delete from) "?(people|preferences|calendars|identities)\b/i.test(
          plain,
        ),
    },
  };
};
