import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

test('every file that the page asks for is there, its icon as well', () => {
  const named = [...readFileSync(join(root, 'index.html'), 'utf8').matchAll(/(?:href|src)="(\/[^"]+)"/g)].map(([, file]) => file ?? '');
  expect(named).toContain('/favicon.svg');
  expect(named.filter((file) => !existsSync(join(root, 'public', file)) && !existsSync(join(root, file)))).toEqual([]);
});
