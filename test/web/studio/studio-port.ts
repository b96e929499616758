/** A studio host in memory: it keeps its messages as platform payloads and changes them when pressed. */
import { slackMessage, slackModal, slackNoticeModal } from '../../../bot/slack/view.ts';
import { teamsMessage } from '../../../bot/teams/view.ts';
import type { ChatMessage } from '../../../core/conversation/message.ts';
import type { Platform } from '../../../core/ports.ts';
import type { StudioMessage, StudioPort, StudioState } from '../../../web/studio/port.ts';
import { form, message } from './messages.ts';

const payloads: Readonly<Record<Platform, (of: ChatMessage) => unknown>> = {
  slack: slackMessage,
  teams: teamsMessage,
};

type Kept = { readonly platform: Platform; readonly ref: string; message: ChatMessage };

/** What the page did, in order; tests read it. */
export type StudioRecord = { readonly act: string; readonly input: unknown };

/** The port, and the record of calls if one is given. */
export const studioPort = (record: StudioRecord[] = []): StudioPort => {
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const kept: Kept[] = (['slack', 'teams'] as const).flatMap((platform) =>
    (['lesson', 'pulse-invitation', 'leader-summary'] as const).map((kind) => ({
      platform,
      ref: `${platform}-${kind}`,
      message: message(kind, 'id'),
    })),
  );
  const faults = [
    {
      id: 'slack-429',
      label: { id: 'Slack membatasi (429)', en: 'Slack limits (429)' },
      on: false,
    },
    { id: 'slow', label: { id: 'Lambat 5 detik', en: 'Slow by 5 seconds' }, on: false },
  ];
  let running: StudioState['running'] = null;
  const note = (act: string, input: unknown): void => {
    record.push({ act, input });
  };
  return {
    state: async ({ persona }) => ({
      now: '2026-12-07T01:30:00Z',
      nowLabel: 'Sen 7 Des 2026 08.30 WIB',
      running,
      personas: [
        { id: 'p1', label: { id: 'Staf · Jayapura', en: 'Staff · Jayapura' }, role: 'staff' },
        { id: 'p2', label: { id: 'Kepala Biro', en: 'Head of bureau' }, role: 'leader' },
        { id: 'p3', label: { id: 'Analis SDM', en: 'HR analyst' }, role: 'hr' },
      ],
      persona: persona === '' ? 'p1' : persona,
      messages: persona === 'p3' ? [] : kept.map(toStudio),
      home: null,
      timeline: [
        { date: '2026-12-07', text: 'rencana 231' },
        { date: '2026-12-07', text: 'terkirim 214 · dilewati 9 (cuti 3, jeda 2, libur 4)' },
      ],
      faults: faults.map((fault) => ({ ...fault })),
    }),
    press: async (input) => {
      note('press', input);
      const target = kept.find(({ ref }) => ref === input.ref);
      if (JSON.stringify(input.action).includes('pulse.open'))
        return { view: slackModal(form('id'), { ticket: 'tiket-contoh' }), viewId: 'V1' };
      if (target) target.message = message('lesson-answered', 'id');
      changed();
      return {};
    },
    submit: async (input) => {
      note('submit', input);
      return JSON.stringify(input.values).includes('"selected_option":{')
        ? { view: slackNoticeModal(message('pulse-received', 'id'), 'Tutup') }
        : { errors: { 'khawatir-peran': 'Pilih satu jawaban.' } };
    },
    type: async (input) => {
      note('type', input);
      kept.push({
        platform: input.platform,
        ref: `${input.platform}-${kept.length}`,
        message: message('notice', 'id'),
      });
      changed();
      return {};
    },
    openHome: async (input) => {
      note('openHome', input);
      return {};
    },
    actHome: async (input) => {
      note('actHome', input);
      return {};
    },
    advance: async (step) => {
      note('advance', step);
      running = { label: 'Memutar hari kerja', fraction: 0.4 };
      changed();
    },
    cancel: async () => {
      note('cancel', null);
      running = null;
      changed();
    },
    setFault: async (id, on) => {
      note('fault', { id, on });
      for (const fault of faults) if (fault.id === id) fault.on = on;
      changed();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};

const toStudio = ({ platform, ref, message: of }: Kept): StudioMessage => ({
  platform,
  ref,
  sentAt: '2026-12-07T01:30:00Z',
  payload: payloads[platform](of),
  why: ['Slot 08.30 WIT pada hari kerja.', 'Belum dijeda, kiat ke-2 pekan ini.'],
  rules: { passed: 14, failed: [] },
});
