import { expect, test } from '@playwright/test';
import { HELD_DAY } from '../../mock/holds.ts';
import { open, settled } from '../support/console.ts';

test('the agenda shows who is booking which time, and a colleague books there only on purpose', async ({ page }) => {
  await open(page, `/agenda?date=${HELD_DAY}`);
  await settled(page);
  const hers = page.getByTestId(/^hold-/).filter({ hasText: 'Rocío Paredes agenda, hasta 10:47' });
  await expect(hers).toBeVisible();
  await expect(page.getByTestId(/^hold-/).filter({ hasText: 'Reserva en línea, hasta 10:47' })).toBeVisible();

  await page.getByTestId('new-appointment').click();
  const dialog = page.getByRole('dialog');
  await page.getByTestId('patient-search').fill('rosa');
  await page.getByTestId('patient-option').first().click();
  await page.getByTestId('book-service').selectOption({ index: 1 });
  await page.getByTestId('book-practitioner').selectOption({ index: 1 });
  await page.getByTestId('book-time').fill('10:00');
  await expect(dialog.getByTestId('hold-refused')).toContainText('Rocío Paredes está agendando');
  await page.getByTestId('book-submit').click();
  await expect(dialog.getByTestId('in-the-way')).toContainText('Rocío Paredes está agendando');
  await dialog.getByTestId('overbook').click();
  await expect(dialog).toBeHidden();
  await expect(page.getByTestId(/^appointment-/).filter({ hasText: 'Rosa Benítez' })).toBeVisible();
  await expect(hers).toHaveCount(0);
});

test('a form keeps its time, follows what is chosen, lets go when it is closed, and saves once however often it is pressed', async ({
  page,
}) => {
  const said: string[] = [];
  page.on('request', (request) => {
    const what = /slot-holds(\/.+)?$/.test(request.url()) ? 'hold' : /\/appointments$/.test(request.url()) ? 'book' : '';
    if (what && request.method() !== 'GET') said.push(`${request.method()} ${what}`);
  });
  await open(page, `/agenda?date=${HELD_DAY}`);
  await settled(page);
  const fill = async () => {
    await page.getByTestId('new-appointment').click();
    await page.getByTestId('patient-search').fill('rosa');
    await page.getByTestId('patient-option').first().click();
    await page.getByTestId('book-service').selectOption({ index: 1 });
    await page.getByTestId('book-practitioner').selectOption({ index: 3 });
    await page.getByTestId('book-time').fill('09:00');
    await expect(page.getByTestId('held')).toContainText('guardada para este turno hasta las 10:47');
  };
  await fill();
  await page.getByTestId('book-time').fill('09:30');
  await expect.poll(() => said).toEqual(['POST hold', 'POST hold']);
  await expect(page.getByTestId('held')).toBeVisible();
  await page.getByRole('button', { name: 'Cancelar' }).click();
  await expect.poll(() => said.at(-1)).toBe('DELETE hold');

  said.length = 0;
  let answer = () => {};
  const slow = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(/\/appointments$/, async (route) => {
    await slow;
    await route.continue();
  });
  await fill();
  for (let press = 0; press < 5; press++) await page.getByTestId('book-submit').click({ force: true });
  answer();
  await expect(page.getByRole('dialog')).toBeHidden();
  expect(said.filter((one) => one === 'POST book')).toHaveLength(1);
  await expect(page.getByTestId(/^appointment-/).filter({ hasText: 'Rosa Benítez' })).toHaveCount(1);
});
