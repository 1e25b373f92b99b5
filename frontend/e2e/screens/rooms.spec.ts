import { expect, type Page, test } from '@playwright/test';
import { open } from '../support/console.ts';

async function addRoom(page: Page, name: string): Promise<void> {
  await page.getByTestId('new-room').click();
  await page.getByTestId('room-name').fill(name);
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(page.getByRole('listitem').filter({ hasText: name })).toBeVisible();
}

async function book(page: Page, patient: string, practitioner: number, time: string): Promise<void> {
  await page.getByTestId('new-appointment').click();
  await page.getByTestId('patient-search').fill(patient);
  await page.getByTestId('patient-option').first().click();
  await page.getByTestId('book-service').selectOption({ index: 1 });
  await page.getByTestId('book-practitioner').selectOption({ index: practitioner });
  await page.getByTestId('book-time').fill(time);
  await page.getByTestId('book-submit').click();
}

test('a service needs a room, the taken one is named, and staff book over it on purpose', async ({ page }) => {
  await open(page, '/settings?tab=rooms');
  await expect(page.getByText('Todavía no hay salas')).toBeVisible();
  await addRoom(page, 'Consultorio 1');
  await page.getByRole('link', { name: 'Servicios' }).click();
  await page
    .getByRole('button', { name: /^Cambiar / })
    .first()
    .click();
  const needs = page.getByRole('group', { name: 'Necesita una de estas salas' });
  await needs.getByLabel('No necesita sala').uncheck();
  await expect(needs.getByLabel('Consultorio 1')).toBeChecked();
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  await page.getByRole('link', { name: 'Agenda' }).first().click();
  await book(page, 'rosa', 1, '20:15');
  await page.getByTestId('book-anyway').click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await book(page, 'rosa', 2, '20:15');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByTestId('in-the-way')).toContainText('Consultorio 1: ocupado de 20:15');
  await dialog.getByRole('button', { name: 'Agendar igual (sobreturno)' }).click();
  await page.getByTestId('book-anyway').click();
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: 'Salas' }).click();
  await expect(page).toHaveURL(/columns=rooms/);
  const column = page.getByRole('region', { name: 'Consultorio 1' });
  await expect(column.getByRole('button')).toHaveCount(2);
  await column.getByRole('button', { name: /sobreturno/ }).click();
  await expect(page.getByRole('dialog').getByTestId('room').locator('option:checked')).toHaveText('Consultorio 1');
  await expect(page.getByRole('dialog').getByText('sobreturno').first()).toBeVisible();
});

test('a visit gets another room in its panel, and that is undone', async ({ page }) => {
  await open(page, '/settings?tab=rooms');
  await addRoom(page, 'Consultorio 1');
  await page.getByRole('link', { name: 'Agenda' }).first().click();
  await page
    .getByRole('button', { name: /Rosa Benítez/ })
    .first()
    .click();
  const room = page.getByRole('dialog').getByTestId('room');
  await room.selectOption('Consultorio 1');
  await expect(page.getByText('Sala: Consultorio 1')).toBeVisible();
  await page.getByRole('button', { name: 'Deshacer' }).click();
  await expect(room.locator('option:checked')).toHaveText('Sin sala');
});
