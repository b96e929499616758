/** How the figures come about, and what can be told from them. */
import { scores } from '../../core/results/release.ts';
import { formatDate, formatNumber } from '../format.ts';
import { Card } from '../parts/card.tsx';
import { ScrollTable } from '../parts/scroll-table.tsx';
import { WaveChoice } from './choices.tsx';
import type { TabInput } from './tab.ts';

const remarks = ['scores', 'hidden', 'interval', 'change', 'sealed', 'use'] as const;

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
      <Questions {...input} />
      <Audit {...input} />
    </>
  );
};

const Questions = ({ page, facts, release }: TabInput) => {
  const { say, language } = page;
  const asked = facts.items.filter(({ id }) => release.items.includes(id));
  return (
    <Card title={say('method.items')} id="butir">
      <ScrollTable id="butir-isi" caption={say('method.items.caption')} className="prose-table">
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
              <td>{say(`score.${scores[role === 'anchor' ? 0 : 1]}`)}</td>
              <td>{say(`aspect.${aspect}`)}</td>
            </tr>
          ))}
        </tbody>
      </ScrollTable>
    </Card>
  );
};

const Audit = (input: TabInput) => {
  const { page, release } = input;
  const { say, language } = page;
  const { audit } = release;
  const counts = [
    ['method.audit.cells', audit.cells],
    ['method.audit.few', audit.hiddenFew],
    ['method.audit.protect', audit.hiddenProtect],
    ['method.audit.attacks', audit.attacksTried],
  ] as const;
  return (
    <Card title={say('method.audit')} id="pemeriksaan">
      <div class="choices">
        <WaveChoice {...input} />
      </div>
      <p>{say('method.audit.text', { date: formatDate(release.closedOn, language) })}</p>
      <dl class="counts">
        {counts.map(([key, count]) => (
          <div>
            <dt>{say(key)}</dt>
            <dd>{formatNumber(count, language)}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
};
