import { expect, test } from '@playwright/test';
import { open, settled } from '../support/console.ts';

test('the week of a practitioner is changed, and who falls outside is named before it is saved', async ({ page }) => {
  await open(page, '/settings?tab=opening');
  await page.getByRole('tab', { name: 'Dra. Lucía Ferreyra' }).click();
  await expect(page.getByText('sigue el horario de la clínica')).toBeVisible();
  await page.getByTestId('own-hours').click();
  const tuesday = page.getByTestId('day-tue');
  await tuesday.getByRole('checkbox').uncheck();
  await expect(page.getByText(/quedan? afuera/)).toBeVisible();
  await tuesday.getByRole('checkbox').check();
  await tuesday.getByLabel('martes, tramo 1, hasta').fill('2400');
  await page.getByTestId('save-hours').click();
  await expect(page.getByText('Horario guardado')).toBeVisible();
  await expect(tuesday.getByLabel('martes, tramo 1, hasta')).toHaveValue('24:00');
});

test('hours that overlap are said where they stand and cannot be saved', async ({ page }) => {
  await open(page, '/settings?tab=opening');
  const monday = page.getByTestId('day-mon');
  await monday.getByRole('button', { name: 'lunes: otro tramo' }).click();
  await monday.getByLabel('lunes, tramo 2, desde').fill('17:00');
  await expect(monday.getByText('Se pisa con otro tramo')).toBeVisible();
  await expect(page.getByTestId('save-hours')).toBeDisabled();
  await monday.getByRole('button', { name: 'lunes: quitar el tramo 2' }).click();
  await expect(page.getByText('Se pisa con otro tramo')).toBeHidden();
});

test('days that differ are added, and a day taken away comes back with undo', async ({ page }) => {
  await open(page, '/settings?tab=opening');
  await page.getByTestId('new-day').click();
  await page.getByLabel('Primer día').fill('2026-12-31');
  await page.getByLabel('Motivo (opcional)').fill('Fin de año');
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(page.getByText('Fin de año')).toBeVisible();
  await page.getByRole('button', { name: /Quitar .*24 dic/ }).click();
  await expect(page.getByText('Nochebuena')).toBeHidden();
  await page.getByRole('button', { name: 'Deshacer' }).click();
  await expect(page.getByText('Nochebuena')).toBeVisible();
});

test('a holiday closes the clinic in the preview and in the agenda until it is worked on', async ({ page }) => {
  await open(page, '/agenda?date=2026-12-08');
  const column = page.getByTestId('agenda-grid').getByRole('region', { name: 'Dra. Lucía Ferreyra' });
  await expect(column.getByText('Inmaculada Concepción de María')).toBeVisible();
  await open(page, '/settings?tab=opening');
  const preview = page.getByRole('region', { name: 'Así queda la semana' });
  await preview.getByRole('button', { name: 'Semana siguiente' }).click();
  await preview.getByRole('button', { name: 'Semana siguiente' }).click();
  await expect(preview.getByText(/8 dic, Inmaculada Concepción de María: cerrado/)).toBeVisible();
  await page.getByRole('button', { name: /Atender ese día: .*8 dic/ }).click();
  await expect(page.getByText(/8 dic se atiende como siempre/)).toBeVisible();
  await expect(preview.getByText(/Inmaculada/)).toBeHidden();
  await page.getByRole('button', { name: 'Deshacer' }).click();
  await expect(preview.getByText(/8 dic, Inmaculada Concepción de María: cerrado/)).toBeVisible();
});

test('the region of the clinic is chosen', async ({ page }) => {
  await open(page, '/settings?tab=opening');
  await page.getByLabel('Región').selectOption('Córdoba');
  await expect(page.getByText('Calendario guardado')).toBeVisible();
  await expect(page.getByLabel('Región')).toHaveValue('X');
});

test('an hour is found and booked in under four interactions, best fits first', async ({ page }) => {
  await open(page, '/agenda');
  await settled(page);
  await page.getByTestId('find-slot').click();
  const finder = page.getByRole('dialog');
  const first = finder.getByRole('listitem').getByRole('button').first();
  const time = (await first.locator('b').textContent()) ?? '';
  await first.click();
  await expect(page.getByTestId('book-time')).toHaveValue(time);
  await expect(page.getByTestId('book-service')).not.toHaveValue('');
  await expect(page.getByTestId('book-practitioner')).not.toHaveValue('');
});

test('a time outside the hours is booked only on purpose', async ({ page }) => {
  await open(page, '/agenda');
  await page.getByTestId('new-appointment').click();
  await page.getByTestId('patient-search').fill('rosa');
  await page.getByTestId('patient-option').first().click();
  await page.getByTestId('book-service').selectOption({ index: 1 });
  await page.getByTestId('book-practitioner').selectOption({ index: 1 });
  await page.getByTestId('book-time').fill('21:00');
  await page.getByTestId('book-submit').click();
  await expect(page.getByText('A esa hora no atiende')).toBeVisible();
  await expect(page.getByText('Libre, lo más cerca:')).toBeVisible();
  await page.getByTestId('book-anyway').click();
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('a service says who does it and how much time it needs around it; a practitioner is retired', async ({ page }) => {
  await open(page, '/settings?tab=services');
  await page
    .getByRole('button', { name: /^Cambiar / })
    .first()
    .click();
  await page.getByLabel('Minutos libres después').fill('10');
  await page.getByLabel('Todo el equipo').uncheck();
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(page.getByText(/, cambiado/)).toBeVisible();
  await page.getByRole('link', { name: 'Profesionales' }).click();
  await page.getByRole('button', { name: 'Cambiar Dr. Martín Acosta' }).click();
  await page.getByLabel('Toma turnos nuevos').uncheck();
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Acosta' })).toContainText('Inactivo');
});
