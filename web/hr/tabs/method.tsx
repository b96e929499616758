/** How the figures come about, and what can be told from them. */
import type { Release } from '../../../core/results/release.ts';
import { formatDate, formatNumber, formatPercent } from '../../format.ts';
import { Card } from '../../parts/card.tsx';
import { ScrollTable } from '../../parts/scroll-table.tsx';
import type { Page } from '../../site.ts';
import { WaveChoice } from './choices.tsx';
import type { TabInput } from './tab.ts';

const remarks = [
  'scores',
  'hidden',
  'coded',
  'interval',
  'change',
  'line',
  'range',
  'sealed',
  'use',
] as const;

/** Metode. */
export const methodTab = (input: TabInput) => {
  const { page } = input;
  return (
    <>
      <Card title={page.say('method.title')} id="cara">
        <dl class="remarks">
          {remarks.map((remark) => (
            <>
              <dt>{page.say(`method.${remark}`)}</dt>
              <dd>{page.say(`method.${remark}.text`)}</dd>
            </>
          ))}
        </dl>
      </Card>
      <Audit {...input} />
      <Quality page={page} release={input.release} />
      <Questions {...input} />
    </>
  );
};

const Questions = ({ page, facts, release }: TabInput) => {
  const { say, language } = page;
  const asked = facts.items.filter((item) => release.items.some(({ id }) => id === item.id));
  const caption = say('method.items.caption', { date: formatDate(release.closedOn, language) });
  return (
    <Card title={say('method.items')} id="butir">
      <ScrollTable id="butir-isi" caption={caption} className="prose-table">
        <thead>
          <tr>
            <th scope="col">{say('method.item')}</th>
            <th scope="col">{say('score')}</th>
            <th scope="col">{say('aspect')}</th>
          </tr>
        </thead>
        <tbody>
          {asked.map(({ text, role, aspect, reverse }) => (
            <tr>
              <th scope="row">
                {text[language]}{' '}
                {reverse ? <span class="quiet">{say('method.reverse')}</span> : null}
              </th>
              <td>{say(`score.${role === 'anchor' ? 'concern' : 'condition'}`)}</td>
              <td>{say(`aspect.${aspect}`)}</td>
            </tr>
          ))}
        </tbody>
      </ScrollTable>
    </Card>
  );
};

/** How well the anchors measure one thing and how much units agree. */
const Quality = ({ page, release }: { page: Page; release: Release }) => {
  const { say, language } = page;
  const { reliability, agreement } = release.method;
  const figures = [
    ['method.alpha', reliability?.alpha],
    ['method.omega', reliability?.omega],
    ['method.icc1', agreement?.icc1],
    ['method.icc2', agreement?.icc2],
  ] as const;
  return (
    <Card title={say('method.quality')} id="mutu">
      <p>{say('method.quality.text')}</p>
      <dl class="counts">
        {figures.map(([key, value]) => (
          <div>
            <dt>{say(key)}</dt>
            <dd>
              {value === undefined ? say('method.quality.none') : formatNumber(value, language, 2)}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
};

const Audit = (input: TabInput) => {
  const { page, release } = input;
  const { say, language } = page;
  const { audit } = release;
  const count = (value: number | null): string =>
    value === null ? say('method.audit.unknown') : formatNumber(value, language);
  const figures = [
    ['method.audit.cells', count(audit.cells)],
    ['method.audit.few', count(audit.hiddenFew)],
    ['method.audit.protect', count(audit.hiddenProtect)],
    ['method.audit.attacks', count(audit.attacksTried)],
    ['method.audit.undecided', count(audit.undecided)],
    ['method.audit.accomplice', count(audit.accomplice)],
    ['method.audit.price', formatPercent(priceOf(audit), language)],
    ['method.audit.unreadable', count(audit.unreadable)],
  ] as const;
  return (
    <Card title={say('method.audit')} id="pemeriksaan">
      <div class="choices">
        <WaveChoice {...input} />
      </div>
      <p>{say('method.audit.text', { date: formatDate(release.closedOn, language) })}</p>
      <dl class="counts">
        {figures.map(([key, value]) => (
          <div>
            <dt>{say(key)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p class="quiet">{say('method.audit.note')}</p>
    </Card>
  );
};

/** Share of the figures with answers enough that had to be hidden all the same, to protect others. */
const priceOf = ({ cells, hiddenFew, hiddenProtect }: Release['audit']): number =>
  cells === hiddenFew ? 0 : hiddenProtect / (cells - hiddenFew);
