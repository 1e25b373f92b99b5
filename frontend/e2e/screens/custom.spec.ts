import { expect, test } from '@playwright/test';
import { open } from '../support/console.ts';

test('an owner defines a field and puts it first by keyboard; it is asked, refused where it does not fit, and shown on the card', async ({
  page,
}) => {
  await open(page, '/settings?tab=custom');
  const list = page.getByTestId('custom-fields-patient');
  await expect(list.getByRole('listitem')).toHaveCount(4);
  await page.getByTestId('new-custom-field-patient').click();
  await page.getByTestId('custom-label').fill('peso (KG)');
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(page.getByRole('dialog')).toContainText('Ya hay uno con ese nombre.');
  await page.getByTestId('custom-label').fill('Talla (cm)');
  await page.getByTestId('custom-type').selectOption('number');
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(list.getByRole('listitem').last()).toContainText('Talla (cm)');

  const up = list.getByRole('button', { name: 'Subir Talla (cm)' });
  await up.focus();
  for (let place = 3; place >= 0; place--) {
    await page.keyboard.press('Enter');
    await expect(list.getByRole('listitem').nth(place)).toContainText('Talla (cm)');
    await expect(page.getByRole('status').filter({ hasText: `lugar ${place + 1}` })).toBeAttached();
  }
  // At the top there is no way further up: the focus is on the way down of the same field.
  await expect(list.getByRole('button', { name: 'Bajar Talla (cm)' })).toBeFocused();

  await page.getByRole('link', { name: 'Pacientes' }).first().click();
  await page.getByText('Rosa Benítez').first().click();
  const card = page.getByTestId('patient-card');
  await expect(card).toContainText('Grupo sanguíneo');
  await expect(card).toContainText('B-112'); // of a field that is asked no more
  await page.getByRole('button', { name: 'Editar' }).first().click();
  const inputs = page.getByTestId('custom-fields');
  await expect(inputs.getByRole('textbox').first()).toHaveAttribute('data-testid', 'custom-talla-cm');
  await expect(inputs).not.toContainText('Ficha en papel');
  await page.getByTestId('custom-talla-cm').fill('alta');
  await page.getByTestId('patient-save').click();
  await expect(inputs).toContainText('forma esperada');
  await page.getByTestId('custom-talla-cm').fill('168');
  await page.getByTestId('custom-alergico').selectOption({ label: 'No' });
  await page.getByTestId('patient-save').click();
  await expect(card).toContainText('168');
  await expect(card).toContainText('Alérgico');
  await expect(card).toContainText('B-112');
});

test('a visit is asked what the clinic wants to know of visits, when it is booked and on its panel', async ({ page }) => {
  await open(page, '/today');
  await page.getByTestId('new-appointment').click();
  await expect(page.getByTestId('custom-motivo')).toBeVisible();
  await page.keyboard.press('Escape');
  await page
    .getByRole('button', { name: /^Rosa Benítez/ })
    .first()
    .click();
  const fields = page.getByTestId('visit-custom');
  await expect(fields).toContainText('Control');
  await page.getByTestId('visit-fields').click();
  // Nothing else can be done with the visit meanwhile: what is written would be lost.
  await expect(page.getByTestId('visit-cancel')).toBeHidden();
  await expect(page.getByTestId('custom-motivo')).toBeFocused();
  await page.getByTestId('custom-motivo').selectOption('Dolor');
  await page.getByTestId('custom-orden-hasta').fill('2026-12-31');
  await page.getByTestId('visit-fields-save').click();
  await expect(page.getByTestId('visit-fields')).toBeFocused();
  await expect(fields).toContainText('Dolor');
  await expect(fields).toContainText('2026');
});

test('a column of a file holds a field of the clinic’s own', async ({ page }) => {
  await open(page, '/patients/import?id=0197a200-0000-7000-8000-000000000001');
  const column = page.getByTestId('import-column-5');
  await column.selectOption({ label: 'Peso (kg)' });
  await expect(page.getByTestId('import-column-4').getByRole('option', { name: 'Peso (kg)' })).toBeDisabled();
  const answered = page.waitForResponse((answer) => answer.request().method() === 'PUT' && answer.url().includes('/patient-imports/'));
  await page.getByTestId('import-check').click();
  const { columns } = await (await answered).json();
  expect(columns[5]).toEqual({ name: 'Código interno', field: 'ignore', customField: 'peso' });
});
