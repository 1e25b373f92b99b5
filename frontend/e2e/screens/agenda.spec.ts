import { expect, type Locator, type Page, test } from '@playwright/test';
import { CLINIC } from '../../mock/names.ts';
import { open, settled } from '../support/console.ts';

const card = (page: Page, name: string | RegExp) => page.getByTestId(/^appointment-/).filter({ hasText: name });
const box = async (one: Locator) => (await one.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };

test('visits that follow each other have the column to themselves and are easy to hit', async ({ page }) => {
  for (const address of ['/agenda?date=2026-11-30', '/agenda?date=2026-11-30&view=week']) {
    await open(page, address);
    await settled(page);
    const cards = await Promise.all(
      ['Hugo Villalba', 'Graciela Bazán', 'Emilia Toranzo', 'Camila Roldán'].map((name) => box(card(page, name))),
    );
    const column = await box(page.locator('[data-column]').first());
    for (const [index, one] of cards.entries()) {
      expect(one.width).toBeGreaterThan(column.width - 16);
      expect(one.height).toBeGreaterThanOrEqual(24);
      const next = cards[index + 1];
      if (next) expect(one.y + one.height).toBeLessThanOrEqual(next.y);
    }
  }
});

test('the open visit is in the address: back closes it, and a link opens it', async ({ page }) => {
  await open(page, '/agenda?view=week');
  await card(page, /Rosa Benítez/).click();
  await expect(page.getByRole('dialog')).toContainText('Rosa Benítez');
  await expect(page).toHaveURL(/view=week&visit=/);
  const address = page.url();
  await page.goBack();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page).toHaveURL(/agenda\?view=week$/);
  await page.goto(address);
  await expect(page.getByRole('dialog')).toContainText('Rosa Benítez');
  await page.getByRole('button', { name: 'Cerrar' }).click();
  await expect(page).toHaveURL(/agenda\?view=week$/);
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('back closes a dialog before it leaves the page, and asks when something was typed', async ({ page }) => {
  await open(page, '/today');
  await page.getByRole('link', { name: 'Agenda' }).first().click();
  await page.getByTestId('new-appointment').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page).toHaveURL(/agenda/);
  await page.getByTestId('new-appointment').click();
  await page.getByLabel('Nota (opcional)').fill('Viene con la hija.');
  await page.goBack();
  await expect(page.getByTestId('unsaved')).toBeVisible();
  await expect(page).toHaveURL(/agenda/);
});

test('another day keeps the grid, and the neighbours are there before they are asked for', async ({ page }) => {
  const asked: string[] = [];
  page.on(
    'request',
    (request) => request.url().includes('/appointments?') && asked.push(new URL(request.url()).searchParams.get('from') ?? ''),
  );
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/appointments\?from=2026-11-26/, async (route) => {
    await held;
    await route.continue();
  });
  await open(page, '/agenda');
  await expect.poll(() => asked).toEqual(expect.arrayContaining(['2026-11-23', '2026-11-24', '2026-11-25']));
  await page.getByRole('button', { name: 'Día siguiente' }).click();
  await expect(card(page, /./).first()).toBeVisible();
  expect(asked.filter((day) => day === '2026-11-25')).toHaveLength(1);
  await page.getByRole('button', { name: 'Día siguiente' }).click();
  await expect(page.getByTestId('agenda-grid')).toHaveAttribute('aria-busy', 'true');
  await expect(page.locator('[data-column]')).toHaveCount(4);
  await expect(page.locator('[data-skeleton]')).toHaveCount(0);
  release();
  await expect(page.getByTestId('agenda-grid')).toHaveAttribute('aria-busy', 'false');
  await expect(card(page, /./).first()).toBeVisible();
});

test('the filters of a week count who is shown, and a month counts visits and leads to its days', async ({ page }) => {
  await open(page, '/agenda?view=week');
  await settled(page);
  const count = async () => Number((await page.getByRole('button', { name: /^Sin respuesta/ }).textContent())?.split(', ')[1]);
  const waiting = page.locator('[data-state="wait"], [data-state="unknown"]');
  await expect(page.getByRole('button', { name: /^Sin respuesta, \d/ })).toBeVisible();
  expect(await count()).toBe(await waiting.count());
  await page.goto(`/c/${CLINIC.alias}/agenda?view=month`);
  await settled(page);
  const today = page.getByTestId('month-day-2026-11-24');
  await expect(today).toHaveAttribute('aria-current', 'date');
  const visits = Number(/(\d+) turnos?/.exec((await today.textContent()) ?? '')?.[1]);
  await page.getByTestId('agenda-date').fill('2026-12-17');
  await expect(page.locator('h1')).toContainText('Diciembre');
  await page.getByTestId('agenda-date').fill('2026-11-17');
  await today.click();
  await settled(page);
  await expect(page.locator('h1')).toContainText('24 de noviembre');
  await expect(page.locator('[data-state]:not([data-state="cancelled"])')).toHaveCount(visits);
});

test('another month keeps the calendar while its counts are on their way', async ({ page }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/appointment-counts\?from=2027-02-01/, async (route) => {
    await held;
    await route.continue();
  });
  await open(page, '/agenda?view=month');
  await settled(page);
  await page.getByTestId('agenda-date').fill('2027-02-10');
  await expect(page.getByTestId('month-grid')).toHaveAttribute('aria-busy', 'true');
  await expect(page.getByTestId('month-day-2027-02-10')).toBeVisible();
  release();
  await expect(page.getByTestId('month-grid')).toHaveAttribute('aria-busy', 'false');
});

test('a cancelled visit has the reason somebody chose, and none that was only preselected', async ({ page }) => {
  await open(page, '/agenda');
  await settled(page);
  for (const [who, code] of [
    ['Julián Ledesma', null],
    ['Paula Oviedo', 'prov'],
  ] as const) {
    await card(page, new RegExp(who)).click();
    await page.getByTestId('visit-cancel').click();
    if (code) await page.getByTestId('cancel-code').selectOption(code);
    await page.getByTestId('cancel-submit').click();
    await expect(page.getByTestId('visit-cancel')).toBeHidden();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('El profesional no puede')).toHaveCount(code ? 1 : 0);
    await expect(dialog.getByText('Lo pidió el paciente')).toHaveCount(0);
    await page.keyboard.press('Escape');
  }
});

test('a phone’s week lists the practitioner its picker names', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, '/agenda?view=week');
  await settled(page);
  const name = await page.getByLabel('Profesional').first().locator('option:checked').textContent();
  const listed = await page.getByTestId('visit-service').allTextContents();
  expect(listed.length).toBeGreaterThan(0);
  for (const one of listed) expect(one).toContain(name);
});

test('the keyboard keeps its place when a form closes, a visit is cancelled or a button goes away', async ({ page }) => {
  await open(page, '/agenda');
  await settled(page);
  await card(page, /Julián Ledesma/).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await page.getByTestId('visit-move').click();
  await expect(page.getByTestId('book-date')).toBeFocused();
  await dialog.getByRole('button', { name: 'Volver' }).click();
  await expect(page.getByTestId('visit-move')).toBeFocused();
  await page.getByTestId('visit-move').click();
  await page.getByTestId('book-time').fill('13:00');
  await page.getByTestId('move-submit').click();
  await expect(page.getByTestId('visit-move')).toBeFocused();
  await page.getByTestId('visit-cancel').click();
  await page.getByTestId('cancel-submit').click();
  await expect(page.getByTestId('visit-cancel')).toBeHidden();
  expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  expect(await page.evaluate(() => document.activeElement !== document.body)).toBe(true);
});

test('a refused booking leaves the keyboard where it was', async ({ page }) => {
  await open(page, '/agenda', { scenario: 'taken' });
  await page.getByTestId('new-appointment').click();
  await page.getByTestId('patient-search').fill('rosa');
  await page.getByTestId('patient-option').first().click();
  await page.getByTestId('book-service').selectOption({ index: 1 });
  await page.getByTestId('book-practitioner').selectOption({ index: 1 });
  await page.getByTestId('book-time').fill('14:00');
  await page.getByTestId('book-submit').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('ocupado');
  await expect(page.getByTestId('book-submit')).toBeFocused();
});

test('somebody who cannot come is first offered another time', async ({ page }) => {
  await open(page, '/agenda');
  await card(page, /Bruno Maidana/).click();
  await expect(page.getByTestId('visit-actions').getByRole('button').first()).toHaveText('Reprogramar');
});

test('what was loaded stays when it cannot be read again, and says as of when', async ({ page }) => {
  await open(page, '/today');
  await settled(page);
  await expect(page.getByText('Rosa Benítez').first()).toBeVisible();
  await page.route('**/api/v1/organizations/**', (route) => route.abort());
  await page.context().setOffline(true);
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await expect(page.getByTestId('connection')).toContainText('Última lectura: 10:42', { timeout: 15_000 });
  await expect(page.getByText('Rosa Benítez').first()).toBeVisible();
  await page.unroute('**/api/v1/organizations/**');
  await page.context().setOffline(false);
  await expect(page.getByTestId('connection')).toBeHidden();
});

test('on a tablet the day’s list begins above the fold, and names are whole', async ({ page }) => {
  for (const [width, height] of [
    [768, 1024],
    [1024, 768],
  ] as const) {
    await page.setViewportSize({ width, height });
    await open(page, '/today');
    await settled(page);
    const first = page
      .getByTestId('day-list')
      .getByTestId(/^appointment-/)
      .first();
    expect((await box(first)).y).toBeLessThan(height - 120);
    const cut = await page
      .getByTestId('day-list')
      .getByTestId(/^appointment-/)
      .evaluateAll((names) => names.filter((one) => one.scrollWidth > one.clientWidth).length);
    expect(cut).toBe(0);
    await page.goto(`/c/${CLINIC.alias}/agenda?view=week`);
    await expect(card(page, /Ana Molina/).locator('b')).toBeVisible();
    await settled(page);
    const name = card(page, /Ana Molina/).locator('b');
    expect(await name.evaluate((one) => one.scrollWidth <= one.clientWidth)).toBe(true);
  }
});

test('a card on one line says its state once, also while it is unfolded by the focus', async ({ page }) => {
  await open(page, '/agenda');
  await settled(page);
  const low = page.locator('[data-testid^="appointment-"]', { has: page.locator('[data-fold]') });
  await low.first().focus();
  const said = await low.first().ariaSnapshot();
  expect(said).toMatch(/Confirmad[oa]|Sin respuesta|Atendid[oa]|No puede|Planead[oa]|Llegó/);
  expect(said).not.toMatch(/(Confirmad[oa]|Sin respuesta|Atendid[oa]|No puede|Planead[oa]|Llegó).*\1/);
});

test('what the search offers lies over the form and moves nothing', async ({ page }) => {
  await open(page, '/agenda');
  await page.getByTestId('new-appointment').click();
  const below = page.getByTestId('book-service');
  const { y } = await box(below);
  await page.getByTestId('patient-search').fill('rosa');
  await expect(page.getByTestId('patient-option').first()).toBeVisible();
  expect((await box(below)).y).toBe(y);
});
