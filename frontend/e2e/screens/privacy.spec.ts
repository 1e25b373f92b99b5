import { expect, test } from '@playwright/test';
import { open } from '../support/console.ts';

test('an owner sees who looked at a card, and who of the clinic looked at whom', async ({ page }) => {
  await open(page, '/patients');
  await page.getByText('Rosa Benítez').click();
  await page.getByTestId('patient-reads-open').click();
  const reads = page.getByTestId('patient-reads');
  await expect(reads.getByRole('listitem')).toHaveCount(4);
  await expect(reads).toContainText('Rocío Paredes');
  // By id: no name stands in an address.
  expect(decodeURIComponent(page.url())).not.toMatch(/rosa/i);
  await page.getByTestId('reads-clear').click();
  await expect(reads).toContainText('Archivo de pacientes o de turnos');
  await page.getByTestId('reads-reader').selectOption({ label: 'Lucía Ferreyra' });
  await expect(reads.getByRole('listitem')).toHaveCount(2);
  await expect(reads).toContainText('Camila Roldán');
});

test('what a patient asked is noted on their card, is due by law, and is answered once', async ({ page }) => {
  await open(page, '/patients');
  await page.getByText('Rosa Benítez').click();
  await page.getByTestId('request-note').click();
  await page.getByTestId('request-kind').selectOption('erasure');
  await page.getByRole('button', { name: 'Guardar' }).click();
  const privacy = page.getByTestId('patient-privacy');
  await expect(privacy).toContainText('Vence el 4 dic 2026');
  await privacy.getByRole('link', { name: 'Supresión' }).click();
  const requests = page.getByTestId('privacy-requests');
  await expect(requests.getByRole('listitem')).toHaveCount(3);
  await expect(requests.getByRole('listitem').first()).toContainText('Venció el 20 nov 2026');
  await requests.getByRole('button', { name: 'Contestar el pedido de Rosa Benítez' }).click();
  await expect(page.getByRole('button', { name: 'Guardar' })).toBeDisabled();
  await page.getByTestId('answer-reason').fill('Se conserva diez años');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await expect(requests.getByRole('listitem')).toHaveCount(2);
  await page.getByRole('button', { name: 'Contestados' }).click();
  await expect(requests).toContainText('Se conserva diez años');
});

test('the copy of a patient’s data is saved as a file that names nobody', async ({ page }) => {
  await open(page, '/patients');
  await page.getByText('Rosa Benítez').click();
  const saved = page.waitForEvent('download');
  await page.getByTestId('personal-data').click();
  expect((await saved).suggestedFilename()).toBe('datos-personales.json');
});

test('erasing a person wants their name typed, is refused while they are in the clinic, and then they are not found', async ({ page }) => {
  await open(page, '/patients');
  await page.getByText('Rosa Benítez').first().click();
  await page.getByTestId('patient-erase').click();
  const sure = page.getByTestId('patient-erase-sure');
  await page.getByTestId('patient-erase-name').fill('Rosa');
  await expect(sure).toBeDisabled();
  await page.getByTestId('patient-erase-name').fill('rosa benitez');
  await sure.click();
  await expect(page.getByRole('alert')).toContainText('está en la clínica');
  await page.getByRole('button', { name: 'Volver' }).click();
  // Whoever asked for it is erased from their card, which answers the request.
  await page.getByRole('link', { name: 'Pacientes' }).first().click();
  await page.getByText('Nicolás Brizuela').first().click();
  await page.getByTestId('request-note').click();
  await page.getByTestId('request-kind').selectOption('erasure');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await page.getByTestId('patient-privacy').getByRole('link', { name: 'Supresión' }).click();
  await page.getByRole('button', { name: 'Contestar el pedido de Nicolás Brizuela' }).click();
  await page.getByTestId('request-carry-out').click();
  await page.getByTestId('patient-erase').click();
  await page.getByTestId('patient-erase-name').fill('Nicolás Brizuela');
  await sure.click();
  await expect(page.getByText('Datos suprimidos')).toBeVisible();
  await expect(page.getByText('Nicolás Brizuela')).toHaveCount(0);
});

test('a restricted patient is marked wherever staff meet them, and is written to only after the warning', async ({ page }) => {
  await open(page, '/patients');
  await page.getByText('Julián Ledesma').first().click();
  await page.getByTestId('patient-restrict').click();
  await page.getByTestId('restrict-reason').fill('Discute la exactitud de sus datos');
  await page.getByRole('button', { name: 'Bloquear', exact: true }).click();
  const mark = page.getByTestId('patient-restricted');
  await expect(mark).toContainText('Discute la exactitud de sus datos');
  await page.getByTestId('write').click();
  await page.getByTestId('write-text').fill('Llamanos');
  await page.getByRole('button', { name: 'Enviar', exact: true }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('Pidió que no se usen sus datos');
  await page.getByTestId('write-despite').check();
  await page.getByRole('button', { name: 'Enviar', exact: true }).click();
  await expect(page.getByTestId('write-text')).toHaveCount(0);
  await page.getByRole('link', { name: 'Pacientes' }).first().click();
  await expect(page.getByText('Datos bloqueados').first()).toBeVisible();
  await page.getByText('Julián Ledesma').first().click();
  await page.getByTestId('patient-lift').click();
  await expect(mark).toHaveCount(0);
});

test('nobody but an owner is shown who looked', async ({ page }) => {
  await open(page, '/patients/reads', { scenario: 'practitioner' });
  await expect(page.getByTestId('patient-reads')).toHaveCount(0);
  await open(page, '/patients', { scenario: 'practitioner' });
  await page.getByText('Rosa Benítez').click();
  await expect(page.getByTestId('patient-card')).toBeVisible();
  await expect(page.getByTestId('patient-reads-open')).toHaveCount(0);
});
