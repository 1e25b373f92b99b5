import { expect, type Page, test } from '@playwright/test';
import { open, settled } from '../support/console.ts';

async function fill(page: Page, time: string): Promise<void> {
  await page.getByTestId('new-appointment').click();
  await page.getByTestId('patient-search').fill('rosa');
  await page.getByTestId('patient-option').first().click();
  await page.getByTestId('book-service').selectOption({ index: 1 });
  await page.getByTestId('book-practitioner').selectOption({ index: 1 });
  await page.getByTestId('book-time').fill(time);
}

test('a visit repeats: every day is shown, a taken one is left out, and one press books the rest', async ({ page }) => {
  await open(page, '/agenda');
  await settled(page);
  await fill(page, '20:15');
  await page.getByTestId('repeat').selectOption('week');
  await page.getByTestId('repeat-count').fill('3');
  const dialog = page.getByRole('dialog');
  await expect(page.getByTestId('repeat-chosen')).toHaveText('3 de 3 días');
  await dialog.getByRole('checkbox').nth(1).uncheck();
  await expect(page.getByTestId('repeat-chosen')).toHaveText('2 de 3 días');
  await page.getByRole('button', { name: 'Agendar 2 turnos' }).click();
  await expect(dialog).toBeHidden();
  await fill(page, '20:15');
  await page.getByTestId('repeat').selectOption('week');
  await page.getByTestId('repeat-count').fill('3');
  await expect(page.getByTestId('repeat-chosen')).toHaveText('1 de 3 días');
  await expect(dialog.getByText(/ocupado de 20:15/).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Salir sin guardar' }).click();

  await page
    .getByRole('button', { name: /Rosa.*20:15|20:15.*Rosa/ })
    .first()
    .click();
  await page.getByTestId('visit-cancel').click();
  await page.getByRole('button', { name: 'Este y el siguiente' }).click();
  await page.getByTestId('cancel-submit').click();
  await expect(page.getByText(/2 turnos cancelados/)).toBeVisible();
});

test('where the official time changed, the day shows who is concerned, and either hour can hold', async ({ page }) => {
  await page.route(/\/clock-changes$/, async (route) => {
    const day = await page.request.get(route.request().url().replace('clock-changes', 'appointments?from=2026-11-24&to=2026-11-25'), {
      headers: await route.request().allHeaders(),
    });
    const ahead = ((await day.json()) as { items: { status: string; start: string }[] }).items.filter((one) => one.status === 'booked');
    const items = ahead.slice(-1).map((appointment) => ({
      appointment,
      bookedLocal: '2026-11-24T17:00',
      nowLocal: '2026-11-24T18:00',
      bookedLocalStart: appointment.start,
    }));
    await route.fulfill({ json: { items } });
  });
  await open(page, '/today');
  const changed = page.getByTestId('clock-changes');
  await expect(changed).toContainText('Cambió la hora oficial: 1 turno');
  await expect(changed).toContainText('Se agendó a las 17:00; ese momento es ahora las 18:00.');
  await changed.getByRole('button', { name: 'Pasar a las 18:00' }).click();
  await expect(page.getByText(/^Movido a/)).toBeVisible();
});
