import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';

const guide = new URL('../../../docs/developers.md', import.meta.url);
const examples = new URL('../examples/', import.meta.url);
const BLOCK = /(<!-- sdk\/typescript\/examples\/([\w-]+\.ts) -->\n```ts\n)([\s\S]*?)(```)/g;

/** The guide shows what `./dev test` runs. With REGENERATE_DOCUMENTS=yes (`./dev api`) the files are written into it anew. */
test('the guide shows every recipe as it is run', () => {
  const shown = readFileSync(guide, 'utf8');
  const named = [...shown.matchAll(BLOCK)].map(([, , file]) => file!);
  assert.deepEqual(
    named.toSorted(),
    readdirSync(examples).filter((file) => file !== 'run-all.ts'),
  );
  const actual = shown.replaceAll(BLOCK, (_, begin, file, __, end) => begin + readFileSync(new URL(file, examples), 'utf8') + end);
  if (process.env.REGENERATE_DOCUMENTS === 'yes') writeFileSync(guide, actual);
  else assert.equal(shown, actual, 'docs/developers.md differs from sdk/typescript/examples: run ./dev api');
});
