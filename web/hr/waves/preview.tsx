/** One survey period as staff will see it: what is asked, and its messages in both chats and both languages. */
import { languages } from '../../../core/language.ts';
import { type Platform, platforms } from '../../../core/ports.ts';
import type { ScheduledWave } from '../../../core/survey/schedule/schedule.ts';
import { Card } from '../../parts/card.tsx';
import { ScrollTable } from '../../parts/scroll-table.tsx';
import { SampleTiles } from '../../preview/tiles.tsx';
import type { Page } from '../../site.ts';
import type { WavePreview, WavesData } from './data.ts';
import { WavesFrame, wavesPath } from './page.tsx';
import { type Speaker, spanWords } from './words.ts';

/** The preview; without a script each message stands there as a screen reader reads it. */
export const WavePreviewPage = ({
  page,
  speaker,
  wave,
  preview,
  rules,
}: {
  readonly page: Page;
  readonly speaker: Speaker;
  readonly wave: ScheduledWave;
  readonly preview: WavePreview;
  readonly rules: WavesData['rules'];
}) => {
  const { say } = page;
  return (
    <WavesFrame
      page={page}
      title={say('waves.preview.title', { id: wave.id })}
      lead={spanWords(speaker, wave)}
      islands={['preview']}
      wide
    >
      <p>
        <a href={`${wavesPath(wave.id)}?bahasa=${page.language}`}>
          {say('waves.name', { id: wave.id })}
        </a>
      </p>
      <p class="quiet" id="kabar">
        {say('waves.preview.lead')}
      </p>
      <Asked page={page} preview={preview} />
      {languages.map((language) =>
        preview.messages
          .filter(({ sample }) => sample.language === language)
          .map(({ what, sample }) => (
            <Card
              title={`${say(`waves.preview.${what}`)} · ${say(`language.${language}`)}`}
              id={`${what}-${language}`}
            >
              <SampleTiles
                page={page}
                query={{ widths: ['layar', 'teks'] }}
                rules={rules}
                faults={[]}
                sample={sample}
                platforms={chatsOf[what]}
              />
            </Card>
          )),
      )}
    </WavesFrame>
  );
};

/** One chat shows the form inside its message, so it has no window of its own there. */
const chatsOf: Readonly<Record<WavePreview['messages'][number]['what'], readonly Platform[]>> = {
  invitation: platforms,
  form: ['slack'],
  reminder: platforms,
};

const Asked = ({ page, preview }: { page: Page; preview: WavePreview }) => (
  <Card title={page.say('waves.asked')} id="ditanyakan">
    <ScrollTable
      id="ditanyakan-isi"
      caption={page.say('waves.preview.text')}
      className="prose-table"
    >
      <thead>
        <tr>
          <th scope="col">{page.say('method.item')}</th>
          <th scope="col">{page.say('aspect')}</th>
          <th scope="col">{page.say('waves.asked.kind')}</th>
        </tr>
      </thead>
      <tbody>
        {preview.items.map(({ id, text, aspect, role }) => (
          <tr>
            <th scope="row">{text[page.language]}</th>
            <td>{page.say(`aspect.${aspect}`)}</td>
            <td>{`${page.say(role === 'anchor' ? 'waves.asked.anchor' : 'waves.asked.rotating')} (${id})`}</td>
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  </Card>
);
