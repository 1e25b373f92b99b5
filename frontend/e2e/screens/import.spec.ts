import { expect, test } from '@playwright/test';
import { open, settled } from '../support/console.ts';

const file = { name: 'pacientes.csv', mimeType: 'text/csv', buffer: Buffer.from('Apellido;Nombre\nNúñez;Ana\n') };

test('a file is uploaded, its columns are named, its rows are tried, imported and undone', async ({ page }) => {
  await open(page, '/patients');
  await page.getByTestId('import-patients').click();
  await page.getByTestId('import-file').setInputFiles(file);
  await expect(page.getByText('Es un CSV en windows-1252')).toBeVisible();
  await expect(page.getByText('Ana María · José · Eva')).toBeVisible();
  // What a column holds already is not offered for another one.
  await expect(page.getByTestId('import-column-5').locator('option[value=phone]')).toBeDisabled();
  await page.getByTestId('import-column-5').selectOption('notes');
  await page.getByTestId('import-check').click();

  await expect(page.getByTestId('import-counts')).toContainText('1235');
  await expect(page.getByTestId('import-rows-refused')).toContainText('Fila 17');
  await expect(page.getByTestId('import-rows-refused')).toContainText('Teléfono: Acá va un solo número');
  // A reload goes on where it was.
  await page.reload();
  await settled(page);
  await page.getByRole('button', { name: 'Volver a las columnas' }).click();
  await expect(page.getByTestId('import-column-5')).toHaveValue('notes');
  await page.getByTestId('import-check').click();
  await page.getByTestId('import-commit').click();

  await expect(page.getByRole('heading', { name: 'Importación terminada' })).toBeVisible();
  await page.getByTestId('import-undo').click();
  await page.getByTestId('import-undo-sure').click();
  await expect(page.getByRole('heading', { name: 'Importación deshecha' })).toBeVisible();
});

test('the register is saved as a file', async ({ page }) => {
  await open(page, '/patients');
  const saved = page.waitForEvent('download');
  await page.getByTestId('export-patients').click();
  await page.getByRole('menuitem', { name: 'Excel (.xlsx)' }).click();
  expect((await saved).suggestedFilename()).toBe('pacientes.xlsx');
});

test('who may not import is told so', async ({ page }) => {
  await open(page, '/patients/import', { scenario: 'practitioner' });
  await expect(page.locator('h1')).toBeVisible();
  await expect(page.getByTestId('import-file')).toHaveCount(0);
});

test('visits come the same way, and the import says what patients are told', async ({ page }) => {
  await open(page, '/patients/import');
  await page.getByTestId('import-kind-appointments').click();
  await expect(page.locator('h1')).toHaveText('Importar turnos');
  await page.getByTestId('import-file').setInputFiles(file);
  await expect(page.getByText('T-1 · T-2')).toBeVisible();
  await expect(page.getByTestId('import-notices')).toHaveValue('reminders');
  await page.getByTestId('import-notices').selectOption('Ningún aviso');
  await page.getByTestId('import-check').click();
  await expect(page.getByTestId('import-rows-refused')).toContainText('Hora: Esa hora ya está ocupada');
  await page.reload(); // the address says which kind it is
  await settled(page);
  await page.getByRole('button', { name: 'Volver a las columnas' }).click();
  await expect(page.getByTestId('import-notices')).toHaveValue('none');
  await page.getByTestId('import-check').click();
  await page.getByRole('button', { name: 'Importar 1235 visitas' }).click();
  await expect(page.getByRole('heading', { name: 'Importación terminada' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Ver la agenda' })).toBeVisible();
  await page.getByTestId('import-undo').click();
  await page.getByTestId('import-undo-sure').click();
  await expect(page.getByRole('heading', { name: 'Importación deshecha' })).toBeVisible();
});
