import { expect, test } from '@playwright/test';
import { open } from '../support/console.ts';

test('a flow is built, tried and published with the keyboard alone', async ({ page }) => {
  await open(page, '/flows');
  await page.getByTestId('flow-new').press('Enter');
  await page.getByTestId('flow-name').fill('Recepción nueva');
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Guardar' })).toBeEnabled();
  await page.getByTestId('flow-name').press('Enter');
  await expect(page.locator('h1')).toHaveText('Recepción nueva');

  const steps = page.getByTestId('flow-steps').getByRole('treeitem');
  await expect(steps).toHaveCount(4);
  await steps.first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(steps.nth(1)).toBeFocused();
  await page.keyboard.press('n');
  await expect(steps).toHaveCount(5);
  await expect(page.getByTestId('flow-faults')).toContainText('antes de publicar');
  await expect(page.getByTestId('flow-publish')).toBeDisabled();

  await page.getByTestId('step-form').getByLabel('Dice · Español').fill('Un momento');
  await page.getByTestId('step-form').getByLabel('Dice · English').fill('One moment');
  await page.getByTestId('step-form').getByLabel('Dice · Português').fill('Um momento');
  await expect(page.getByTestId('flow-faults')).toContainText('Nada impide publicarlo');

  await page.getByTestId('try-begin').press('Enter');
  await expect(page.getByTestId('try-log')).toContainText('¿En qué te ayudo?');
  await page.getByTestId('try-text').fill('1');
  await page.getByTestId('try-text').press('Enter');
  await expect(page.getByTestId('try-log')).toContainText('Un momento');

  await page.getByTestId('flow-publish').press('Enter');
  await expect(page.getByText('Responde la 1')).toBeVisible();
});

test('what stands in the way of publishing leads to its step', async ({ page }) => {
  await open(page, '/flows/0197a000-0000-7000-8000-00000000f001');
  await expect(page.getByTestId('flow-publish')).toBeDisabled();
  await page.getByTestId('flow-faults').getByRole('button').first().click();
  await page.getByTestId('step-form').getByLabel('Pregunta · Português').fill('Como posso ajudar?');
  await expect(page.getByTestId('flow-publish')).toBeEnabled();
  await page.getByTestId('flow-save').click();
  await page.getByTestId('flow-publish').click();
  await expect(page.getByText('Responde la 12')).toBeVisible();
});

test('an older bot is imported after what it becomes was shown', async ({ page }) => {
  await open(page, '/flows', { scenario: 'empty' });
  await page.getByTestId('flow-import').click();
  await page.getByTestId('import-name').fill('Menú anterior');
  await page.getByTestId('import-file').setInputFiles({
    name: 'colecciones.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"menus":[{"id":"principal","text":"Hola"}],"options":[],"answers":[]}'),
  });
  await page.getByTestId('import-run').click();
  await expect(page.getByTestId('import-tried')).toContainText('«Promociones» no lleva a nada');
  await page.getByTestId('import-run').click();
  await expect(page.locator('h1')).toHaveText('Menú anterior');
});
