import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { startTexts } from '../i18n';
import { TextField } from './Field';

beforeAll(async () => void (await startTexts()));
afterEach(cleanup);

function Form() {
  const [name, setName] = useState('');
  return <TextField label="Nombre" maxLength={5} value={name} onChange={(event) => setName(event.target.value)} />;
}

test('a field that takes no more letters says how many it takes', async () => {
  render(<Form />);
  const field = screen.getByLabelText('Nombre');
  await userEvent.type(field, 'Rosa');
  expect(field.getAttribute('aria-describedby')).toBeNull();
  await userEvent.type(field, 'rio');
  const hint = document.getElementById(field.getAttribute('aria-describedby') ?? '');
  expect(hint?.textContent).toMatch(/\b5\b/);
});
