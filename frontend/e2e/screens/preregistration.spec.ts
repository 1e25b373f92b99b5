import { expect, test } from '@playwright/test';
import { expectAccessible } from '../support/axe.ts';
import { open } from '../support/console.ts';

test.describe('behind a link, on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('a patient completes their card once', async ({ page }) => {
    const sent: string[] = [];
    page.on('request', (request) => request.method() === 'POST' && sent.push(request.postData() ?? ''));
    await page.goto('/reservar/arrayan#p=uno');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tus datos');
    await expect(page.getByLabel('Nombre', { exact: true })).toHaveValue('Julieta');
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.getByLabel('Apellido').fill('Sarmiento');
    await page.getByLabel('Fecha de nacimiento').fill('1984-02-29');
    await page.getByLabel('Número', { exact: true }).fill('1');
    await page.getByLabel('Cobertura').selectOption('OSDE 210');
    await page.getByLabel('Número de afiliado').fill('61 123');
    await page.getByRole('button', { name: 'Enviar mis datos' }).click();
    await expect(page.getByRole('alert')).toHaveText('Sin esto la clínica no puede guardar tus datos.');
    await expect(page.getByLabel(/Acepto que/)).toBeFocused();
    expect(sent).toEqual([]);
    await page.getByLabel(/Acepto que/).check();
    await page.getByRole('button', { name: 'Enviar mis datos' }).click();
    await expect(page.getByRole('alert')).toHaveText(/Ese número no puede ser/);
    await expect(page.getByLabel('Número', { exact: true })).toBeFocused();
    await expect(page.getByLabel('Número de afiliado')).toHaveValue('61 123');
    await expectAccessible(page);
    await page.getByLabel('Número', { exact: true }).fill('30.123.456');
    await page.getByRole('button', { name: 'Enviar mis datos' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Listo, gracias');
    expect(JSON.parse(sent.at(-1) ?? '{}')).toMatchObject({
      identifier: '30.123.456',
      memberNumber: '61 123',
      care: null,
      marketing: false,
    });
    await expectAccessible(page);
    await page.reload();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Listo, gracias');
    await page.goto('/reservar/otra#p=vencido');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Este enlace ya no sirve');
  });
});

test('staff register with name and phone and follow the link', async ({ page }) => {
  await open(page, '/patients');
  await page.getByTestId('new-patient').click();
  await page.getByTestId('patient-given-name').fill('Zoe');
  await page.getByTestId('patient-phone').fill('351 555 0190');
  await page.getByTestId('patient-ask').check();
  await page.getByTestId('patient-save').click();
  const completion = page.getByTestId('patient-completion');
  await expect(completion).toContainText('Esperamos sus datos');
  await expect(completion).toContainText('Todavía no lo abrió');
  await expect(completion).toContainText('Falta: Apellido, Nacimiento, Documento, Correo');
  await completion.getByTestId('prereg-send').click();
  await expect(completion).toContainText('Enviado 2 veces');
  await completion.getByTestId('prereg-revoke').click();
  await expect(completion.getByTestId('prereg-new')).toBeVisible();
});

test('staff take what the patient says otherwise, one by one', async ({ page }) => {
  await open(page, '/patients');
  await page.getByTestId('patients-filter').fill('ema quiroga');
  await page.getByText('Ema Quiroga').first().click();
  const differences = page.getByTestId('prereg-differences');
  await expect(differences).toContainText('En la ficha: OSDE 210');
  await differences.getByLabel(/Quiroga Paz/).check();
  await page.getByTestId('prereg-resolve').click();
  await expect(differences).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ema Quiroga Paz');
  await expect(page.getByTestId('patient-reach')).toContainText('Recibe los avisos');
});
