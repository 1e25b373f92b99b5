import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fieldCodes, problemCodes } from '../api/problems';
import en from './en/index.ts';
import es from './es/index.ts';
import ptBR from './pt-BR/index.ts';

type Tree = { [key: string]: string | Tree };
function leaves(tree: Tree, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') found.set(path + key, value);
    else for (const [inner, text] of leaves(value, `${path}${key}.`)) found.set(inner, text);
  }
  return found;
}
/** `list_cita` and `count_cita_one` say the same as `list` and `count_one`, in clinics that say cita. */
const withoutWord = (key: string) => key.replace(/_cita(?=_|$)/, '');
const spanish = leaves(es);
const keysOf = (tree: Tree) => [...new Set([...leaves(tree).keys()].map(withoutWord))].sort();

test.each([
  ['English', en],
  ['Portuguese', ptBR],
])('%s says everything Spanish says, and nothing else', (_, tree) => {
  expect(keysOf(tree)).toEqual(keysOf(es));
});

test.each([
  ['Spanish', es],
  ['English', en],
  ['Portuguese', ptBR],
])('%s has a sentence for every problem the server may answer with', (_, tree) => {
  const texts = leaves(tree);
  const missing = [...problemCodes.map((code) => `problem.${code}`), ...fieldCodes.map((code) => `field.${code}`)].filter(
    (key) => !texts.get(key),
  );
  expect(missing).toEqual([]);
});

test.each([
  ['English', en],
  ['Portuguese', ptBR],
])('%s fills in the same values as Spanish', (_, tree) => {
  const values = (text: string) => [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]))].sort();
  const differing = [...leaves(tree)]
    .filter(([key, text]) => values(text).join() !== values(spanish.get(key) ?? '').join())
    .map(([key]) => key);
  expect(differing).toEqual([]);
});

test('Spanish for cita only exists where Spanish for turno does', () => {
  const orphans = [...spanish.keys()].filter((key) => key.includes('_cita') && !spanish.has(withoutWord(key)));
  expect(orphans).toEqual([]);
});

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) && !entry.name.includes('.test.') ? [path] : [];
  });
}

test('every text the screens ask for by name exists', () => {
  const known = new Set(keysOf(es).flatMap((key) => [key, key.replace(/_(one|other|zero)$/, '')]));
  const asked = sources(join(import.meta.dirname, '..')).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bt\(\s*'([\w.-]+)'/g)].map((match) => match[1] as string),
  );
  expect(asked.length).toBeGreaterThan(200);
  expect([...new Set(asked)].filter((key) => !known.has(key))).toEqual([]);
});

/** Imperatives and presents of vos end in a stressed vowel; these are the words that do so without being vos. */
const notVos = new Set([
  'acá',
  'allá',
  'está',
  'esté',
  'podrá',
  'será',
  'así',
  'ahí',
  'aquí',
  'allí',
  'sí',
  'también',
  'después',
  'aún',
  'qué',
  'más',
  'además',
  'estás',
  'demás',
  'quizás',
  'país',
  'café',
  'inglés',
  'portugués',
]);
const vos = (text: string) =>
  [...text.matchAll(/\p{L}+/gu)]
    .map(([word]) => word.toLowerCase())
    .filter(
      (word) =>
        word === 'vos' ||
        word === 'acá' ||
        (!notVos.has(word) && (/^(pedi|deci|llama|avisa)(me|le|lo|la)$/.test(word) || /(?<!r)(á|é|í|ás|és|ís)$/.test(word))),
    );

test('clinics that say cita, and whoever has no clinic yet, are not spoken to with vos', () => {
  const outside = /^(welcome|session|noClinic)\./;
  const said = [...spanish]
    .filter(([key]) => !key.includes('_cita'))
    .map(([key, text]) => {
      const [, base = key, plural = ''] = /^(.*?)((?:_(?:one|other|zero))?)$/.exec(key) ?? [];
      return [key, outside.test(key) ? text : (spanish.get(`${base}_cita${plural}`) ?? text)] as const;
    });
  expect(said.filter(([, text]) => vos(text).length > 0).map(([key, text]) => `${key}: ${vos(text).join(' ')}`)).toEqual([]);
});
