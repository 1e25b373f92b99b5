import { expect, test } from '@playwright/test';
import { open, settled } from '../support/console.ts';

test('a receptionist’s day: an hour found and booked, moved by keyboard, cancelled, brought back, given to who waits, and the list on paper', async ({
  page,
}) => {
  const card = (time = '') => page.getByTestId(/^appointment-/).filter({ hasText: new RegExp(`${time} *Rosa Benítez`) });
  await open(page, '/today');
  await settled(page);
  await expect(page.getByTestId('day-list')).toBeVisible();

  await test.step('an hour is found and booked in under four interactions beside who it is for', async () => {
    await page.getByRole('link', { name: 'Agenda' }).first().click();
    await page.getByTestId('agenda-date').fill('2026-12-14');
    await settled(page);
    await page.getByTestId('find-slot').click();
    await page.getByRole('dialog').getByRole('listitem').getByRole('button').first().click();
    await page.getByTestId('patient-search').fill('rosa');
    await page.getByTestId('patient-option').first().click();
    await page.getByTestId('book-submit').click();
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(card()).toHaveCount(1);
  });

  const booked = /\d\d:\d\d/.exec((await card().textContent()) ?? '')?.[0] ?? '';
  await test.step('the keyboard moves it an hour further', async () => {
    await card().focus();
    await page.keyboard.press('m');
    for (let press = 0; press < 4; press += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(card(booked)).toHaveCount(0);
    await expect(card()).toHaveCount(1);
  });

  const cancel = async () => {
    await card().focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('visit-cancel').click();
    await page.getByTestId('cancel-code').selectOption({ label: 'Lo pidió el paciente' });
    await page.getByTestId('cancel-submit').click();
    await expect(page.getByTestId('visit-cancel')).toBeHidden();
  };
  await test.step('it is cancelled with a reason, and brought back', async () => {
    await cancel();
    await page.getByTestId('visit-reinstate').click();
    await expect(page.getByTestId('visit-cancel')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(card()).toHaveCount(1);
  });

  await test.step('its hour is given to somebody who waits', async () => {
    await cancel();
    await expect(page.getByTestId('who-waits')).toBeVisible();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Ver', exact: true }).click();
    await page.getByTestId('wait-book').first().click();
    await page.getByTestId('book-submit').click();
    await expect(page.getByRole('dialog')).toBeHidden();
  });

  await test.step('the list of the day goes to paper', async () => {
    await page.getByRole('link', { name: 'Hoy' }).first().click();
    await settled(page);
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByTestId('day-list')).toBeVisible();
    await expect(page.getByRole('paragraph').filter({ hasText: 'Odontología Arrayán' })).toBeVisible();
  });
});
