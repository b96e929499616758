/** The studio's calls to its host. */
import type { Platform } from '../../core/ports.ts';
import type { ClockStep, PressResult, StudioState } from '../studio/port.ts';

const post = async (path: string, body: unknown): Promise<PressResult> => {
  const response = await fetch(`/studio/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = (await response.json().catch(() => ({}))) as PressResult;
  return response.ok ? answer : { error: answer.error ?? `HTTP ${response.status}` };
};

/** What the page shows for a persona. */
export const readState = async (persona: string, language: string): Promise<StudioState> => {
  const query = new URLSearchParams({ peran: persona, bahasa: language });
  const response = await fetch(`/studio/keadaan?${query}`);
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return (await response.json()) as StudioState;
};

export const press = (input: {
  readonly persona: string;
  readonly platform: Platform;
  readonly ref: string;
  readonly action: unknown;
  readonly inputs: Readonly<Record<string, string>>;
}): Promise<PressResult> => post('tekan', input);

export const submit = (input: {
  readonly persona: string;
  readonly viewId: string;
  readonly values: unknown;
}): Promise<PressResult> => post('kirim', input);

export const type = (input: {
  readonly persona: string;
  readonly platform: Platform;
  readonly text: string;
}): Promise<PressResult> => post('ketik', input);

export const openHome = (persona: string): Promise<PressResult> => post('beranda', { persona });

export const actHome = (input: {
  readonly persona: string;
  readonly action: string;
  readonly value: string;
}): Promise<PressResult> => post('beranda/tekan', input);

export const advance = (step: ClockStep): Promise<PressResult> => post('maju', { step });

export const cancel = (): Promise<PressResult> => post('batal', {});

export const setFault = (id: string, on: boolean): Promise<PressResult> =>
  post('gangguan', { id, on });
