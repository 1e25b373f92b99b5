import { expect, test } from '@playwright/test';
import { open } from '../support/console.ts';

test('an owner lets the front desk export and keeps the notes from one practitioner', async ({ page }) => {
  await open(page, '/settings?tab=members');
  await page.getByTestId('member-permissions').click();
  const exports = page.getByTestId('permission-exports');
  await expect(exports.getByLabel('Quienes dirigen la clínica')).toBeDisabled();
  await expect(exports.getByLabel('Rocío Paredes')).not.toBeChecked();
  await exports.getByLabel('Toda la recepción').check();
  await expect(exports.getByLabel('Rocío Paredes')).toBeChecked();
  const notes = page.getByTestId('permission-clinical-notes');
  await notes.getByLabel('Lucía Ferreyra').uncheck();
  const answer = page.waitForResponse(
    (response) => response.request().method() === 'PUT' && response.url().endsWith('/member-permissions'),
  );
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  const decided: { items: { permission: string; roles: string[]; withheldFrom: string[] }[] } = await (await answer).json();
  const rules = decided.items;
  expect(rules.find((one) => one.permission === 'exports')?.roles).toEqual(['receptionist']);
  expect(rules.find((one) => one.permission === 'clinical-notes')?.withheldFrom).toHaveLength(1);
  await expect(page.getByRole('dialog')).toBeHidden();

  await page.getByTestId('member-permissions').click();
  await expect(exports.getByLabel('Rocío Paredes')).toBeChecked();
  await expect(notes.getByLabel('Lucía Ferreyra')).not.toBeChecked();
  await expect(notes.getByLabel('Todos los profesionales')).toBeChecked();
});

test('somebody sees where they are signed in and signs out there', async ({ page }) => {
  await open(page, '/today');
  await page.getByTestId('user-menu').click();
  await page.getByTestId('my-sessions-open').click();
  const rows = page.getByTestId('my-sessions').getByRole('listitem');
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: 'Este dispositivo' }).getByRole('button')).toHaveCount(0);
  await page.getByRole('button', { name: 'Cerrar la sesión en 198.51.100.24' }).click();
  await expect(rows).toHaveCount(1);
});
