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
