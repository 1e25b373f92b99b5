import { expect, test } from '@playwright/test';
import { open, settled } from '../support/console.ts';

test('calls, what only the phone can show, edits and new numbers are told in words', async ({ page }) => {
  await open(page, '/conversations');
  await settled(page);
  const list = page.getByRole('main');
  await expect(list).toContainText('Llamó a las 10:42');
  await expect(list).toContainText('en el teléfono de la clínica para verlo');
  await expect(list).toContainText('Antes decía: Puedo ir con mi hoja?');
  await expect(list).toContainText('ahora es +54 9 11 4444 5555');
});

test('a new number is taken over with one press and leaves the list', async ({ page }) => {
  await open(page, '/conversations');
  await settled(page);
  await expect(page.locator('li', { has: page.getByTestId('accept-number') })).toContainText('Dejar el de antes');
  await page.getByTestId('accept-number').click();
  await expect(page.getByTestId('accept-number')).toBeHidden();
  await page.getByText('Atendidas').click();
  await expect(page.getByRole('main')).toContainText('Se usa el número nuevo');
});

test('the offered ninth digit stands at the phone it is for, and taking it leaves the keyboard there', async ({ page }) => {
  await open(page, '/agenda');
  await page.getByTestId('new-appointment').click();
  await page.getByTestId('patient-search').fill('Zoe Quintana');
  await page.getByTestId('patient-new').click();
  const phone = page.getByTestId('patient-phone');
  await phone.fill('+55 11 8765 4321');
  await phone.press('Tab');
  await expect(page.getByTestId('patient-phone-suggestion')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(phone).toHaveValue('+55 11 98765 4321');
  await expect(phone).toBeFocused();
});

test('a "1" that may be for two visits is given to one of them by keyboard and leaves the list', async ({ page }) => {
  await open(page, '/conversations', { scenario: 'who-wrote' });
  await settled(page);
  const which = page.getByTestId('which-visit');
  await expect(which.getByRole('listitem')).toHaveCount(2);
  await expect(which.getByTestId('assign-declines')).toHaveCount(0);
  const name = (await which.locator('b').nth(1).textContent()) ?? '';
  await which.getByTestId('assign-accepts').nth(1).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText(`Confirmado: ${name}`);
  await expect(which).toBeHidden();
  await page.getByText('Atendidas').click();
  await expect(page.getByRole('main')).toContainText(name);
  await expect(page.getByRole('main')).toContainText('Confirmó');
});

test('whoever hides their number is answered all the same, and the question is settled', async ({ page }) => {
  await open(page, '/conversations', { scenario: 'who-wrote' });
  await settled(page);
  const asked = page.locator('li', { hasText: '¿Atienden por OSDE?' });
  await expect(asked).toContainText('WhatsApp no muestra su número');
  await asked.getByTestId('write').click();
  await expect(page.getByRole('dialog')).toContainText('Zoe');
  await page.getByTestId('write-text').fill('Sí, con la orden.');
  await page.getByRole('button', { name: 'Enviar' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(asked).toBeHidden();
  await page.getByText('Atendidas').click();
  await expect(page.locator('li', { hasText: '¿Atienden por OSDE?' }).getByTestId('reply')).toContainText('Sí, con la orden.');
  await page.getByRole('link', { name: 'Mensajes' }).first().click();
  await expect(page.getByText('Zoe').first()).toBeVisible();
});
