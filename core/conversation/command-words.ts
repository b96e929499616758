/** The words that commands are made of, in both languages. */

/** Commands without a setting. */
export type PlainName =
  | 'help'
  | 'lesson'
  | 'later'
  | 'resume'
  | 'stop'
  | 'withdraw'
  | 'my-data'
  | 'rights'
  | 'why'
  | 'survey';

/** What a list of words says of one, never what every object has from birth ("constructor"). */
export const own = <Meaning>(
  list: Readonly<Record<string, Meaning>>,
  word: string,
): Meaning | undefined => (Object.hasOwn(list, word) ? list[word] : undefined);

export const plainWords: Readonly<Record<string, PlainName | 'which-language'>> = {
  bantuan: 'help',
  help: 'help',
  kiat: 'lesson',
  tip: 'lesson',
  'hari-ini': 'lesson',
  'hari ini': 'lesson',
  today: 'lesson',
  "today's tip": 'lesson',
  'today’s tip': 'lesson',
  tunda: 'later',
  // As long as a postponed tip waits.
  'tunda 2 jam': 'later',
  'tunda dua jam': 'later',
  later: 'later',
  mulai: 'resume',
  lanjut: 'resume',
  lanjutkan: 'resume',
  start: 'resume',
  resume: 'resume',
  continue: 'resume',
  berhenti: 'stop',
  hentikan: 'stop',
  stop: 'stop',
  // What people are used to from other senders.
  unsubscribe: 'stop',
  keluar: 'stop',
  hapus: 'withdraw',
  delete: 'withdraw',
  withdraw: 'withdraw',
  'data-saya': 'my-data',
  'data saya': 'my-data',
  'my-data': 'my-data',
  'my data': 'my-data',
  hak: 'rights',
  'hak saya': 'rights',
  rights: 'rights',
  'my rights': 'rights',
  survei: 'survey',
  survey: 'survey',
  bahasa: 'which-language',
  language: 'which-language',
  mengapa: 'why',
  kenapa: 'why',
  why: 'why',
};

/** Commands after which something is another way than before. */
export const changing: ReadonlySet<string> = new Set(['later', 'resume', 'stop', 'withdraw']);

/** Whether a word is one of those with which people leave or take something back. */
export const isWayOut = (word: string): boolean => {
  const name = own(plainWords, word);
  return name === 'stop' || name === 'withdraw';
};

const wordSet = (...lists: readonly string[]): ReadonlySet<string> =>
  new Set(lists.flatMap((list) => list.split(' ')));

/**
 * What may follow a command that changes something. After any other word it may say the opposite, mean a part only, or be
 * no command at all: "hentikan jeda", "stop survei", "Stop pungli".
 */
export const company: Readonly<Record<string, ReadonlySet<string>>> = {
  stop: wordSet(
    'kirim kirimi kirimkan kiriman mengirim mengirimi mengirimkan pengiriman menerima pesan pesan-pesan',
    'kiat tip tips semua semuanya langganan berlangganan langkah saya ini stop',
    'sending receiving message messages all these the me',
  ),
  withdraw: wordSet('jawaban saya survei semua data my all the survey answer answers'),
  resume: wordSet('lagi kembali kirim kiriman kiat pesan langkah again sending messages tips the'),
  later: wordSet('dulu nanti sebentar kiat tip ini hari this the today'),
};

/** Words that change nothing of what is asked for. */
export const kindWords: ReadonlySet<string> = wordSet(
  'ya yah dong deh saja aja tolong mohon please sekarang now terima kasih thanks thank you',
  'pak bu bapak ibu min mas mbak',
);

/** After a tip they leave out the rest: "stop kiat saja" is not about surveys. */
export const onlyWords: ReadonlySet<string> = wordSet('saja aja only');
export const tipWords: ReadonlySet<string> = wordSet('kiat tip tips');

export const courtesy: ReadonlySet<string> = wordSet('tolong mohon harap please');

export const hellos: ReadonlySet<string> = wordSet('halo hai hi hello');
export const wishes: ReadonlySet<string> = wordSet('selamat good');
export const times: ReadonlySet<string> = wordSet(
  'pagi siang sore malam morning afternoon evening',
);

export const asking: ReadonlySet<string> = wordSet(
  'apa apakah bagaimana gimana kapan siapa berapa mana what how when who where which',
);
