/** Words for a tip as a model would propose them, and the passage they rest on. */
import type { TipWords } from '../../../core/ingest/wording.ts';

export const passage =
  'Data yang tersebar dan tidak terintegrasi menyulitkan unit kerja. Setiap unit kerja sering memakai standar data yang berbeda, sehingga hasil pengolahan data dapat keliru.';

const advice = (id: string, en: string) => ({ kind: 'advice' as const, text: { id, en } });

export const goodWords: TipWords = {
  title: { id: 'Satu standar untuk satu data', en: 'One standard for one piece of data' },
  sentences: [
    {
      kind: 'source',
      text: {
        id: 'Standar data sering berbeda antara unit kerja, dan data yang tersebar menyulitkan pengolahan.',
        en: 'Standards for data often differ between units, and scattered data makes the work harder.',
      },
    },
    {
      kind: 'source',
      text: {
        id: 'Hasil pengolahan data karena itu dapat keliru.',
        en: 'What comes of working on such data can therefore be wrong.',
      },
    },
    advice(
      'Anda tidak perlu menyelesaikan semuanya sekaligus; mulailah dari berkas yang paling sering Anda pakai setiap pekan.',
      'You need not settle everything at once; begin with the file that you use most often in a week.',
    ),
    advice(
      'Tuliskan dengan singkat arti setiap kolomnya, lalu tanyakan kepada rekan apakah mereka membacanya dengan cara yang sama.',
      'Write down briefly what each column means, then ask a colleague whether they read it the same way.',
    ),
    advice(
      'Bila jawabannya berbeda, Anda sudah menemukan tempat yang baik untuk mulai merapikan.',
      'If the answers differ, you have found a good place to begin tidying up.',
    ),
  ],
  intention: {
    id: 'Jika saya membuka berkas bersama hari ini, maka saya mencatat arti satu kolomnya.',
    en: 'If I open a shared file today, then I note what one of its columns means.',
  },
  quiz: {
    question: {
      id: 'Dua unit mengirim daftar yang kolomnya bernama sama tetapi isinya berbeda. Apa langkah Anda?',
      en: 'Two units send lists whose columns have one name and different contents. What do you do?',
    },
    options: [
      {
        id: 'a',
        text: { id: 'Menanyakan arti kolom kepada keduanya', en: 'Ask both what the column means' },
        correct: true,
        feedback: { id: 'Dengan bertanya, artinya menjadi jelas.', en: 'Asking makes it clear.' },
      },
      {
        id: 'b',
        text: { id: 'Menggabungkannya langsung', en: 'Join them at once' },
        correct: false,
        feedback: { id: 'Cepat, tetapi dapat keliru.', en: 'Quick, yet it may go wrong.' },
      },
      {
        id: 'c',
        text: { id: 'Memakai yang lebih panjang', en: 'Use the longer one' },
        correct: false,
        feedback: { id: 'Panjang belum tentu tepat.', en: 'Longer is not yet right.' },
      },
    ],
  },
};
