import { expect, test } from 'vitest';
import { type ReferenceOperation, requestOf } from './reference';

const book: ReferenceOperation = {
  id: 'createAppointment',
  tag: 'Appointments',
  method: 'POST',
  path: '/api/v1/organizations/{organizationId}/appointments/{id}',
  summary: '',
  description: '',
  scopes: [],
  parameters: [
    { name: 'id', in: 'path', required: true, description: '', type: 'string uuid', choices: [] },
    { name: 'limit', in: 'query', required: false, description: '', type: 'integer', choices: [] },
    { name: 'Idempotency-Key', in: 'header', required: true, description: '', type: 'string', choices: [] },
  ],
  body: { type: 'application/json', example: {} },
  answers: [],
};

test('what is typed stands where the operation wants it, and nothing else is asked of another address', async () => {
  const request = requestOf(book, 'clinic-1', { id: '../members', limit: '', 'Idempotency-Key': 'key-1' }, '{"note":"x"}');
  expect(new URL(request.url).pathname).toBe('/api/v1/organizations/clinic-1/appointments/..%2Fmembers');
  expect(new URL(request.url).search).toBe('');
  expect(request.headers.get('Idempotency-Key')).toBe('key-1');
  expect(await request.text()).toBe('{"note":"x"}');
});

test('a question has no body', () => {
  const request = requestOf({ ...book, method: 'GET' }, 'clinic-1', { id: '1', limit: '5' }, '{}');
  expect(request.body).toBeNull();
  expect(new URL(request.url).search).toBe('?limit=5');
});
