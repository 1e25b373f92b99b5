import type { CustomValue } from '../../api/types';

/** What is written in the clinic's own fields, as a line for each: its key, a space, and the value. A draft with it is flat. */
export const linesOf = (values: readonly CustomValue[]): string => values.map(({ key, value }) => `${key} ${value}`).join('\n');

export const valuesOf = (lines: string): CustomValue[] =>
  lines
    .split('\n')
    .filter(Boolean)
    .map((line) => ({ key: line.split(' ', 1)[0] ?? '', value: line.slice(line.indexOf(' ') + 1) }));

/** The same with another value in one of them; a line each, so what is pasted over several becomes one. */
export const withValue = (lines: string, key: string, value: string): string => {
  const one = value.replace(/\s*\n\s*/g, ' ');
  const before = valuesOf(lines);
  if (!one) return linesOf(before.filter((each) => each.key !== key));
  return linesOf(
    before.some((each) => each.key === key)
      ? before.map((each) => (each.key === key ? { key, value: one } : each))
      : [...before, { key, value: one }],
  );
};

/** The sentences of a refusal by the keys of the fields, of what was sent as `valuesOf(lines)`. */
export function sentencesByKey(refused: Record<string, string>, lines: string): Map<string, string> {
  const sent = valuesOf(lines);
  return new Map(
    Object.entries(refused).flatMap(([name, sentence]) => {
      const place = /^customFields\.(\d+)\./.exec(name)?.[1];
      const value = place === undefined ? undefined : sent[Number(place)];
      return value ? [[value.key, sentence] as const] : [];
    }),
  );
}
