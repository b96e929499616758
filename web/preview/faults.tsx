/** Faults of content files: where, which rule, what was found, and how to mend it. */
import type { Fault } from '../../core/errors.ts';
import type { Page } from '../site.ts';

/** Every fault of the files as they now stand; nothing while there is none. */
export const FaultBanner = ({ page, faults }: { page: Page; faults: readonly Fault[] }) =>
  faults.length === 0 ? null : (
    <section class="fault-banner" aria-labelledby="judul-galat">
      <h2 id="judul-galat">{page.say('preview.faults', { count: faults.length })}</h2>
      <p>{page.say('preview.faults.kept')}</p>
      <FaultList page={page} faults={faults} />
    </section>
  );

/** One entry a fault; its words come from the checks and are English. Many scroll inside, so that the messages stay near. */
const FaultList = ({ page, faults }: { page: Page; faults: readonly Fault[] }) => (
  <ol class="plain-list faults-found" tabindex={0} aria-labelledby="judul-galat">
    {faults.map(({ file, line, what, found, allowed }) => (
      <li>
        <p>
          <code>{placeOf(file, line)}</code>
        </p>
        <dl>
          <FaultFact name={page.say('preview.fault.rule')} value={what} />
          <FaultFact name={page.say('preview.fault.found')} value={found} />
          <FaultFact name={page.say('preview.fault.mend')} value={allowed} />
        </dl>
      </li>
    ))}
  </ol>
);

/** The same in a line each, where the banner above has the rest. */
export const FaultLines = ({ faults }: { faults: readonly Fault[] }) => (
  <ul class="plain-list fault-lines">
    {faults.map(({ file, line, what }) => (
      <li>
        <code>{placeOf(file, line)}</code> <span lang="en">{what}</span>
      </li>
    ))}
  </ul>
);

const placeOf = (file: string, line: number): string => (line === 0 ? file : `${file}:${line}`);

const FaultFact = ({ name, value }: { name: string; value: string | undefined }) =>
  value === undefined ? null : (
    <div>
      <dt>{name}</dt>
      <dd lang="en">{value}</dd>
    </div>
  );
