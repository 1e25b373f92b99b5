import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';

const src = join(import.meta.dirname, '..');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' });
const read = (file: string) => readFileSync(join(src, file), 'utf8');
const code = files.filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file));
const sheets = files.filter((file) => file.endsWith('.module.css'));

/** The class names a sheet defines; what it says of a library's elements (`:global`) are not its own. */
function classesOf(sheet: string): Set<string> {
  const selectors = read(sheet)
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/:global\([^)]*\)/g, '')
    .matchAll(/([^{};]+)\{/g);
  return new Set([...selectors].flatMap(([, selector = '']) => [...selector.matchAll(/\.([A-Za-z][\w-]*)/g)].map(([, name = '']) => name)));
}

/** Which sheets a file imports, each with the names it takes from it; `all` when it takes one by a computed name or hands the sheet on. */
function usesOf(file: string): { sheet: string; names: string[]; all: boolean }[] {
  const text = read(file);
  return [...text.matchAll(/^import (\w+) from '(.+\.module\.css)';$/gm)].map(([, alias, path = '']) => {
    const names = [...text.matchAll(new RegExp(`(?<![\\w.'"\`/-])${alias}\\.(\\w+)`, 'g'))].map(([, name = '']) => name);
    const all = new RegExp(`(?<![\\w.'])${alias}(\\[|[,\\s}]+\\})`).test(text.replace(/^import .*$/gm, ''));
    return { sheet: join(file, '..', path), names, all };
  });
}
const uses = code.flatMap((file) => usesOf(file).map((use) => ({ file, ...use })));

it('has global sheets for tokens, elements, fonts and the first paint, and no other', () => {
  const global = files.filter((file) => file.endsWith('.css') && !file.endsWith('.module.css'));
  expect(global.sort()).toEqual(['base.css', 'first.css', 'fonts.css', 'index.css', 'tokens.css'].map((name) => join('styles', name)));
  const importing = code.filter((file) => /import '[^']+\.css'/.test(read(file)));
  // The canvas needs its library's sheet for the lines between nodes; no other screen loads it.
  expect(importing.sort()).toEqual(['main.tsx', join('screens', 'flows', 'FlowCanvas.tsx')]);
});

it('names no class by a bare string', () => {
  const bare = code.filter((file) => /className=\{?["'`]|className: ["'`]/.test(read(file)));
  expect(bare).toEqual([]);
});

it('finds nothing by a class in the tests of screens', () => {
  const e2e = join(src, '..', 'e2e');
  const specs = readdirSync(e2e, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  expect(specs.filter((file) => /locator\(\s*['"`](?:[^'"`]*[\s,])?\.[a-z]/.test(readFileSync(join(e2e, file), 'utf8')))).toEqual([]);
});

it('takes from a sheet only classes that are there', () => {
  const missing = uses.flatMap(({ file, sheet, names }) => {
    const there = classesOf(sheet);
    return names.filter((name) => !there.has(name)).map((name) => `${file}: ${name} of ${sheet}`);
  });
  expect(missing).toEqual([]);
});

it('uses only variables that a sheet or a screen sets', () => {
  const all = files.filter((file) => file.endsWith('.css'));
  const set = new Set(all.flatMap((file) => [...read(file).matchAll(/(--[\w-]+)\s*:/g)].map(([, name]) => name)));
  const screens = code.map(read).join('\n');
  const unknown = all.flatMap((file) =>
    [...read(file).matchAll(/var\((--[\w-]+)/g)]
      .map(([, name = '']) => name)
      .filter((name) => !name.startsWith('--mantine-') && !set.has(name) && !screens.includes(name))
      .map((name) => `${file}: ${name}`),
  );
  expect(unknown).toEqual([]);
});

it('keeps no class that nobody uses', () => {
  const dead = sheets.flatMap((sheet) => {
    const of = uses.filter((use) => use.sheet === sheet);
    if (of.some((use) => use.all)) return [];
    const used = new Set(of.flatMap((use) => use.names));
    return [...classesOf(sheet)].filter((name) => !used.has(name)).map((name) => `${sheet}: ${name}`);
  });
  expect(dead).toEqual([]);
});

it('tells sheets apart by their name, which is in front of every class', () => {
  const names = sheets.map((sheet) => basename(sheet));
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

it('puts shared sheets below those of screens', () => {
  const layered = sheets.filter((sheet) => read(sheet).includes('@layer ui {'));
  expect(layered).toEqual(sheets.filter((sheet) => sheet.startsWith('ui/')));
});
