/** Names that nobody bears: a common first name and a word that says "example". */
const first = [
  'Adi',
  'Agus',
  'Andini',
  'Ayu',
  'Bagas',
  'Bayu',
  'Citra',
  'Danu',
  'Dewi',
  'Dimas',
  'Eka',
  'Endah',
  'Fajar',
  'Fitri',
  'Galih',
  'Gita',
  'Hana',
  'Hendra',
  'Indah',
  'Intan',
  'Joko',
  'Kartika',
  'Kirana',
  'Laras',
  'Lestari',
  'Made',
  'Maria',
  'Nadia',
  'Nanda',
  'Oki',
  'Putri',
  'Raka',
  'Rina',
  'Sari',
  'Surya',
  'Tari',
  'Tirta',
  'Wahyu',
  'Wulan',
  'Yoga',
] as const;
const last = ['Contoh', 'Misalnya', 'Umpama', 'Sampel', 'Peraga', 'Rekaan'] as const;

/** The name of that index, the first 240 all different. */
export const sampleName = (index: number): string => {
  const given = first[index % first.length] ?? first[0];
  const family = last[Math.floor(index / first.length) % last.length] ?? last[0];
  return `${given} ${family}`;
};
