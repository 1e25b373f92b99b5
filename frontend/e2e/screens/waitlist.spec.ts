import { expect, type Page, test } from '@playwright/test';
import { open, settled } from '../support/console.ts';

const card = (page: Page, name: RegExp) => page.getByTestId(/^appointment-/).filter({ hasText: name });
const waiting = (page: Page) => page.getByTestId(/^waiting-/);

test('a cancelled hour leads to who waits for it, and booking one ends their waiting', async ({ page }) => {
  await open(page, '/agenda');
  await settled(page);
  await card(page, /Julián Ledesma/).click();
  await page.getByTestId('visit-cancel').click();
  await page.getByTestId('cancel-submit').click();
  await expect(page.getByTestId('who-waits')).toHaveText(/^\d personas esperan esta hora$/);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Ver', exact: true }).click();
  await expect(page.getByTestId('waitlist-hour')).toContainText('14:00');
  const before = await waiting(page).count();
  const name = (await waiting(page).first().getByRole('link').textContent()) ?? '';
  await page.getByTestId('wait-book').first().click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(name);
  await expect(page.getByTestId('book-time')).toHaveValue('14:00');
  await page.getByTestId('book-submit').click();
  await expect(dialog).toBeHidden();
  await expect(waiting(page)).toHaveCount(before - 1);
  await page.goto(page.url().replace(/waitlist.*/, 'waitlist?state=booked'));
  await expect(waiting(page).filter({ hasText: name })).toBeVisible();
});

test('somebody is put on the list with days and hours, changed, and taken off with a way back', async ({ page }) => {
  await open(page, '/waitlist');
  await page.getByTestId('wait-add').click();
  await page.getByTestId('patient-search').fill('paula');
  await page.getByTestId('patient-option').first().click();
  await page.getByTestId('wait-service').selectOption({ index: 1 });
  const part = page.getByTestId('wait-part-0');
  await part.getByRole('button', { name: 'martes' }).click();
  await part.getByRole('button', { name: 'jueves' }).click();
  await part.getByLabel('Desde las').fill('930');
  await part.getByLabel('Hasta las').fill('13');
  await page.getByTestId('wait-submit').click();
  const row = waiting(page).filter({ hasText: 'Paula Oviedo' });
  await expect(row).toContainText('Mar, Jue 09:30–13:00');
  await row.getByRole('button', { name: /^Cambiar/ }).click();
  await page.getByRole('button', { name: 'Urgente' }).click();
  await page.getByTestId('wait-submit').click();
  await expect(row).toContainText('Urgente');
  await row.getByTestId('wait-withdraw').click();
  await expect(row).toHaveCount(0);
  await page.getByRole('button', { name: 'Deshacer' }).click();
  await expect(row).toBeVisible();
});

test('where no time is free, and on a patient’s card, the list is one press away', async ({ page }) => {
  await page.route(/\/slots\?/, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), items: [] } });
  });
  await open(page, '/agenda');
  await page.getByTestId('find-slot').click();
  await page.getByTestId('find-service').selectOption({ index: 2 });
  const service = await page.getByTestId('find-service').inputValue();
  await page.getByTestId('find-wait').click();
  await expect(page.getByTestId('wait-service')).toHaveValue(service);
  await page.keyboard.press('Escape');
  await page.goto(page.url().replace(/agenda.*/, 'patients'));
  await page.getByText('Rosa Benítez').click();
  await page.getByTestId('patient-wait').click();
  await expect(page.getByRole('dialog')).toContainText('Rosa Benítez');
});
