import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { TimeField } from './Field';

afterEach(cleanup);

function Form() {
  const [time, setTime] = useState('');
  return (
    <>
      <TimeField label="Hora" value={time} onValue={setTime} />
      <output>{time}</output>
    </>
  );
}

test('a receptionist types three digits and the field reads a time', async () => {
  render(<Form />);
  await userEvent.type(screen.getByLabelText('Hora'), '930');
  await userEvent.tab();
  expect((screen.getByLabelText('Hora') as HTMLInputElement).value).toBe('09:30');
  expect(screen.getByRole('status').textContent).toBe('09:30');
});

test('what is no time stays as typed and means nothing', async () => {
  render(<Form />);
  await userEvent.type(screen.getByLabelText('Hora'), '9:9x');
  await userEvent.tab();
  expect((screen.getByLabelText('Hora') as HTMLInputElement).value).toBe('9:9x');
  expect(screen.getByRole('status').textContent).toBe('');
});
