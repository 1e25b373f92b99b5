import { expect, test } from '@playwright/test';
import { open, settled } from '../support/console.ts';

test('a practitioner begins with their own day and takes on no colleague’s visit', async ({ page }) => {
  await open(page, '/today', { scenario: 'practitioner' });
  await settled(page);
  const rows = page.getByTestId('day-list').getByTestId(/^appointment-/);
  const steps = page.getByTestId('day-list').getByRole('button', { name: /^(Llamar|Atendido|Atendida|Terminar|Hacer pasar)/ });
  const own = await rows.count();
  const offered = await steps.count();
  await page.getByRole('group', { name: 'De quién es el día' }).getByRole('button', { name: 'Todos' }).click();
  await expect(rows).not.toHaveCount(own);
  expect(await rows.count()).toBeGreaterThan(own);
  await expect(steps).toHaveCount(offered);

  await page.getByRole('link', { name: 'Agenda' }).first().click();
  await settled(page);
  await expect(page.locator('[data-column]')).toHaveCount(1);
  const whose = page.getByRole('combobox', { name: 'Profesional' });
  await expect(whose.locator('option:checked')).toHaveText('Dr. Martín Acosta');
  await whose.selectOption({ index: 0 });
  await expect(page).toHaveURL(/practitioner=all/);
  await expect(page.locator('[data-column]')).toHaveCount(4);
});

test('an owner says which member a practitioner is', async ({ page }) => {
  await open(page, '/settings?tab=practitioners');
  await page.getByRole('button', { name: /Ferreyra/ }).click();
  await page.getByTestId('practitioner-account').selectOption({ label: 'Lucía Ferreyra' });
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.getByRole('button', { name: /Ferreyra/ }).click();
  await expect(page.getByTestId('practitioner-account').locator('option:checked')).toHaveText('Lucía Ferreyra');
});

test('an owner makes a calendar address, copies it and takes it back', async ({ page }) => {
  await open(page, '/settings?tab=practitioners');
  await page.getByTestId('new-calendar-feed').click();
  await page.getByLabel('De quién').selectOption('Dr. Martín Acosta');
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  const address = page.getByLabel('Dirección para Dr. Martín Acosta', { exact: true });
  await expect(address).toHaveValue(/^http.*\/calendar-feeds\/.*\.ics$/);
  await expect(page.getByText('sin nombres · todavía sin leer')).toBeVisible();
  await page.getByRole('button', { name: 'Quitar la dirección de Dr. Martín Acosta' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Quitar', exact: true }).click();
  await expect(address).toBeHidden();
});
