/** Letters that Unicode does not take apart, as people without them on the keyboard type them. */
const alone: Record<string, string> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ŧ: 't',
  ŋ: 'n',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
};

/** Lower case without accents and apostrophes, for comparing what people type with what is written. */
export const fold = (text: string): string =>
  text
    .replace(/['’‘ʼ‛`´′＇ʹʻ]/gu, '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[łøđðħıŧŋßæœþ]/gu, (letter) => alone[letter] ?? letter);
