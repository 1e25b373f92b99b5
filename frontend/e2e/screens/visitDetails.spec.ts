import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from '../support/axe.ts';
import { open, settled } from '../support/console.ts';

const card = (page: Page, name: string | RegExp) => page.getByTestId(/^appointment-/).filter({ hasText: name });
const ended = (page: Page, time: string) => expect(page.getByText(`Termina a las ${time}`)).toBeVisible();

async function opened(page: Page, name: string) {
  await open(page, '/agenda');
  await settled(page);
  await card(page, name).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText(name);
}

test('the lower edge of a visit is dragged to another end, and the notice takes it back', async ({ page }) => {
  await open(page, '/agenda');
  await settled(page);
  const visit = card(page, 'Julián Ledesma');
  const before = await visit.boundingBox();
  const column = await page.locator('[data-column]').first().boundingBox();
  if (!before || !column) throw new Error('The grid is not there.');
  const hour = column.height / 10;
  await page.mouse.move(before.x + 40, before.y + before.height - 2);
  await page.mouse.down();
  await page.mouse.move(before.x + 60, before.y + before.height - 2 + hour / 2, { steps: 5 });
  await expect(page.getByText('hasta 15:30, 90 min, ocupado')).toBeVisible();
  await page.mouse.move(before.x + 60, before.y + before.height - 2 - hour / 2, { steps: 5 });
  await expect(page.getByText('hasta 14:30, 30 min, libre')).toBeVisible();
  await page.mouse.up();
  await ended(page, '14:30');
  await expect(page.getByRole('dialog')).toBeHidden();
  // Under the pointer a short card shows all of its words.
  await page.mouse.move(5, 5);
  expect((await visit.boundingBox())?.height).toBeLessThan(before.height * 0.6);
  await expect(visit).toHaveAttribute('data-state', 'ok');
  await page.getByRole('button', { name: 'Deshacer' }).click();
  await ended(page, '15:00');
  expect((await visit.boundingBox())?.height).toBeCloseTo(before.height, 0);
});

test('the keyboard moves the end of a visit, and the dialog says how long it lasts', async ({ page }) => {
  await open(page, '/agenda');
  await settled(page);
  await card(page, 'Julián Ledesma').focus();
  await page.keyboard.press('e');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByText('Hasta las 15:15, 75 minutos, Dra. Lucía Ferreyra, libre')).toBeAttached();
  await page.keyboard.press('Escape');
  await page.keyboard.press('e');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await ended(page, '14:45');
  await card(page, 'Julián Ledesma').focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('visit-move').click();
  await page.getByTestId('move-minutes').fill('30');
  await page.getByTestId('move-submit').click();
  await expect(page.getByRole('dialog')).toContainText('14:00–14:30');
});

test('what a service keeps free after its visits is seen in the grid', async ({ page }) => {
  await open(page, '/agenda');
  await settled(page);
  const visit = await card(page, 'Óscar Domínguez').boundingBox();
  const kept = await page.locator('[data-column]').nth(2).getByTestId('buffer').last().boundingBox();
  const column = await page.locator('[data-column]').nth(2).boundingBox();
  if (!visit || !kept || !column) throw new Error('The grid is not there.');
  expect(kept.height).toBeCloseTo(column.height / 60, 0);
  expect(kept.y).toBeGreaterThan(visit.y + visit.height - 1);
});

test('the note of a visit is written, changed, and of two versions the person chooses', async ({ page }) => {
  await opened(page, 'Julián Ledesma');
  await page.getByTestId('visit-note').click();
  await expect(page.getByRole('textbox', { name: 'Nota' })).toBeFocused();
  await page.getByRole('textbox', { name: 'Nota' }).fill('Trae la radiografía');
  await page.getByTestId('visit-note-save').click();
  await expect(page.getByTestId('visit-note-shown')).toContainText('Trae la radiografía');
  await expect(page.getByTestId('visit-note')).toBeFocused();
  await expectAccessible(page);

  await page.getByTestId('visit-note').click();
  await page.getByRole('textbox', { name: 'Nota' }).fill('Trae la tomografía');
  await page.route(/\/note$/, (route) =>
    route.fulfill({
      status: 412,
      contentType: 'application/problem+json',
      json: { status: 412, code: 'stale', traceId: '4f9c21ab77e0c35d', errors: [] },
    }),
  );
  await page.route(/\/appointments\/[^/]+$/, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), note: 'Viene con la hija' } });
  });
  await page.getByTestId('visit-note-save').click();
  await expect(page.getByText('Otra persona cambió esta nota')).toBeVisible();
  await expect(page.getByRole('dialog')).toContainText('Viene con la hija');
  await expect(page.getByRole('dialog')).toContainText('Trae la tomografía');
});

test('why somebody did not come is chosen from a list and taken back', async ({ page }) => {
  await opened(page, 'Nicolás Brizuela');
  await page.getByTestId('visit-no-show').click();
  await page.getByTestId('no-show-code').selectOption({ label: 'No pudo llegar' });
  await page.getByLabel('Más detalle (opcional)').fill('Paro de colectivos');
  await expectAccessible(page);
  await page.getByTestId('no-show-save').click();
  await expect(page.getByRole('dialog')).toContainText('No pudo llegar. Paro de colectivos');
  await page.getByRole('button', { name: 'Deshacer' }).click();
  await expect(page.getByRole('dialog')).not.toContainText('Paro de colectivos');
});

test('a patient speaks several languages, and the card names them', async ({ page }) => {
  await open(page, '/patients');
  await page.getByText('Rosa Benítez').first().click();
  await expect(page.getByText('También habla: guaraní')).toBeVisible();
  await page.getByRole('button', { name: 'Editar' }).first().click();
  await page.getByTestId('add-language').selectOption({ label: 'lengua de señas argentina' });
  await expectAccessible(page);
  await page.getByTestId('patient-save').click();
  await expect(page.getByText('También habla: guaraní, lengua de señas argentina')).toBeVisible();
});

test('a service is offered at some locations', async ({ page }) => {
  await open(page, '/settings?tab=locations');
  await settled(page);
  await page.getByTestId('new-location').click();
  await page.getByTestId('location-name').fill('Sede Norte');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.getByRole('link', { name: 'Servicios' }).click();
  await page.getByTestId('new-service').click();
  const where = page.getByRole('group', { name: 'En qué sedes' });
  await where.getByLabel('En todas').uncheck();
  await where.getByLabel('Sede Norte').uncheck();
  await expect(where.getByRole('checkbox', { checked: true })).toHaveCount(1);
  await expectAccessible(page);
});
