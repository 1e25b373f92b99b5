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
  await page.getByTestId('accept-number').click();
  await expect(page.getByTestId('accept-number')).toBeHidden();
  await page.getByText('Atendidas').click();
  await expect(page.getByRole('main')).toContainText('Se usa el número nuevo');
});
