/** Lower case without accents, for comparing what people type with what is written. */
export const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
