import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collection, differences } from './generate.mjs';

const operation = (more) => ({
  operationId: 'bookSomething',
  summary: 'Book\nsomething',
  description: 'Once.',
  tags: ['Appointments'],
  'x-recado-scopes': ['appointments:write'],
  parameters: [
    { in: 'path', name: 'organizationId', required: true, schema: { type: 'string', format: 'uuid' } },
    { in: 'path', name: 'id', required: true, schema: { type: 'string', format: 'uuid' } },
    { in: 'query', name: 'cursor', required: false, schema: { type: 'string' } },
    { in: 'header', name: 'Idempotency-Key', required: true, schema: { type: 'string' } },
  ],
  requestBody: { content: { 'application/json': { example: { note: 'Trae estudios' } } } },
  ...more,
});
const of = (more) => collection({ paths: { '/api/v1/organizations/{organizationId}/things/{id}/book': { post: operation(more) } } });

test('an operation is a request with its parameters, its key and an example of its body', () => {
  const text = of({}).get('Appointments/bookSomething.bru');
  assert.match(text, /name: Book something\n/);
  assert.match(text, /url: \{\{baseUrl\}\}\/api\/v1\/organizations\/\{\{organizationId\}\}\/things\/:id\/book\n/);
  assert.match(text, /params:query \{\n {2}~cursor:\n\}/);
  assert.match(text, /Idempotency-Key: \{\{\$guid\}\}/);
  assert.match(text, /body:json \{\n {2}\{\n {4}"note": "Trae estudios"\n {2}\}\n\}/);
});

test('what is for people alone is not in it', () => {
  assert.equal(of({ 'x-recado-scopes': [] }).has('Appointments/bookSomething.bru'), false);
});

test('a file that is missing, too much or changed is a difference', () => {
  const wanted = new Map([
    ['a', '1'],
    ['b', '2'],
  ]);
  assert.deepEqual(differences(wanted, new Map([['b', '3'], ['c', '4']])), ['a', 'b', 'c']);
  assert.deepEqual(differences(wanted, new Map(wanted)), []);
});
