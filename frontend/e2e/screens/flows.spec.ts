import { expect, test } from '@playwright/test';
import { open } from '../support/console.ts';

test('a flow is built, tried and published with the keyboard alone', async ({ page }) => {
  await open(page, '/flows');
  await page.getByTestId('flow-new').press('Enter');
  await page.getByTestId('flow-name').fill('Recepción nueva');
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Guardar' })).toBeEnabled();
  await page.getByTestId('flow-name').press('Enter');
  await expect(page.locator('h1')).toHaveText('Recepción nueva');

  await page.getByRole('button', { name: 'Lista' }).press('Enter');
  const steps = page.getByTestId('flow-steps').getByRole('treeitem');
  await expect(steps).toHaveCount(8);
  await steps.first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(steps.nth(1)).toBeFocused();
  await page.keyboard.press('n');
  await expect(steps).toHaveCount(9);
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
  await expect(page.getByTestId('flow-standing')).toContainText('la 1 atiende');
});

test('what stands in the way of publishing leads to its step', async ({ page }) => {
  await open(page, '/flows/0197a000-0000-7000-8000-00000000f001');
  await expect(page.getByTestId('flow-publish')).toBeDisabled();
  await page.getByTestId('flow-faults').getByRole('button').first().click();
  await page.getByTestId('step-form').getByLabel('Pregunta · Português').fill('Como posso ajudar?');
  await expect(page.getByTestId('flow-publish')).toBeEnabled();
  await page.getByTestId('flow-save').click();
  await page.getByTestId('flow-publish').click();
  await expect(page.getByTestId('flow-standing')).toContainText('la 12 atiende');
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

test('the drawing leads to its steps, says how many people pass and where a version differs', async ({ page }) => {
  await open(page, '/flows/0197a000-0000-7000-8000-00000000f001');
  const canvas = page.getByTestId('flow-canvas');
  await expect(canvas.getByText('775')).toBeVisible();
  await canvas.getByRole('group', { name: /Reservar/ }).click();
  await expect(page.getByRole('heading', { level: 2, name: /Reservar/ })).toBeVisible();

  await page.getByTestId('flow-versions').locator('summary').click();
  await page.getByTestId('compare-11').click();
  await expect(page.getByTestId('differences')).toContainText('¿En qué te ayudo?: el texto, las opciones');
});

test('a flow begins by a button or after a campaign, and opens a ticket', async ({ page }) => {
  await open(page, '/flows/0197a000-0000-7000-8000-00000000f001');
  await page
    .getByTestId('flow-canvas')
    .getByRole('group', { name: /Reservar/ })
    .click();
  const form = page.getByTestId('step-form');
  await form.getByLabel('Hace', { exact: true }).selectOption('open-ticket');
  await expect(form.getByLabel(/Dice antes del número/).first()).toBeVisible();

  await page.getByText('Cuándo empieza y cómo espera').click();
  await page.getByLabel('Responde a una campaña').check();
  await page.getByLabel('Un botón de otro mensaje').check();
  await page.getByLabel('Botones: lo que dicen (separado por comas)').fill('La quiero, promo-si');
  await page.getByTestId('flow-save').click();
  await expect(page.getByTestId('flow-save')).toBeDisabled();
});

test('a flow is tried at another hour', async ({ page }) => {
  await open(page, '/flows/0197a000-0000-7000-8000-00000000f001');
  await page.getByTestId('try-as').click();
  await page.getByTestId('try-at').fill('2026-11-29T22:30');
  await page.getByTestId('try-scene-done').click();
  await page.getByTestId('try-begin').click();
  await expect(page.getByTestId('try-log')).toContainText('Son las 2026-11-30T01:30:00Z');
});

test('a flow that another clinic exported becomes a draft here', async ({ page }) => {
  await open(page, '/flows/0197a000-0000-7000-8000-00000000f002');
  const saved = page.waitForEvent('download');
  await page.getByTestId('flow-export').click();
  const file = await (await saved).path();

  await open(page, '/flows');
  await page.getByTestId('flow-import').click();
  await page.getByTestId('import-file').setInputFiles(file);
  await page.getByTestId('import-run').click();
  await expect(page.getByTestId('import-tried')).toContainText('«Limpieza»');
  await page.getByTestId('import-run').click();
  await expect(page.locator('h1')).toHaveText('Fuera de hora');
});

test('a step is moved with the arrow keys, by buttons and by dragging, stays there and is no difference', async ({ page }) => {
  await open(page, '/flows/0197a000-0000-7000-8000-00000000f001');
  const step = page.getByTestId('flow-canvas').getByRole('group', { name: /Reservar/ });
  const place = () => step.evaluate((one) => (one as HTMLElement).style.transform);
  const first = await place();
  await page.getByTestId('flow-versions').locator('summary').click();
  await page.getByTestId('compare-11').click();
  const differences = (await page.getByTestId('differences').textContent()) ?? '';
  await step.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: /Reservar/ })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect.poll(place).not.toBe(first);
  const byKey = await place();
  await page.getByRole('button', { name: 'Mover el paso hacia abajo' }).click();
  await expect.poll(place).not.toBe(byKey);
  const byButton = await place();
  await step.hover();
  await page.mouse.down();
  await page.mouse.move(700, 420, { steps: 8 });
  await page.mouse.up();
  await expect.poll(place).not.toBe(byButton);
  const dragged = await place();

  await page.getByTestId('flow-save').click();
  await expect(page.getByTestId('flow-save')).toBeDisabled();
  await page.getByTestId('flow-versions').locator('summary').click();
  await page.getByTestId('compare-11').click();
  await expect(page.getByTestId('differences')).toHaveText(differences);
  await page.getByRole('button', { name: 'Lista' }).click();
  await page.getByRole('button', { name: 'Lienzo' }).click();
  await expect.poll(place).toBe(dragged);

  await page.getByTestId('flow-arrange').click();
  await expect.poll(place).toBe(first);
});
