import { expect, type Page, test } from '@playwright/test';
import { CLINIC } from '../../mock/names.ts';
import type { Appointment, Patient, TemplateText } from '../../src/api/types.ts';
import { open, settled } from '../support/console.ts';

/** A colleague at another desk, in the same clinic. */
async function colleague(page: Page) {
  const token = await page.evaluate(() => {
    const key = Object.keys(sessionStorage).find((one) => one.startsWith('recado.user:')) ?? '';
    return JSON.parse(sessionStorage.getItem(key) ?? '{}').access_token as string;
  });
  const base = `/api/v1/organizations/${CLINIC.id}`;
  const send = async (method: string, path: string, data?: object, version?: number) => {
    const answer = await page.request.fetch(base + path, {
      method,
      headers: { Authorization: `Bearer ${token}`, ...(version === undefined ? {} : { 'If-Match': `"v${version}"` }) },
      ...(data ? { data } : {}),
    });
    expect(answer.ok(), `${method} ${path}`).toBe(true);
    return answer.json();
  };
  return {
    patient: async (text: string): Promise<Patient> => (await send('POST', '/patients/search', { text })).items[0],
    renames: (one: Patient, familyName: string) =>
      send('PUT', `/patients/${one.id}`, { ...one, familyName } satisfies Partial<Patient>, one.version),
    reads: (one: Patient): Promise<Patient> => send('GET', `/patients/${one.id}`),
    template: async (): Promise<TemplateText> =>
      (await send('GET', '/template-texts')).items.find((one: TemplateText) => one.kind === 'reminder' && one.language === 'es'),
    rewrites: (one: TemplateText, body: string) => send('PUT', `/template-texts/${one.id}/draft`, { body }, one.version),
    visitOf: async (name: string): Promise<Appointment> =>
      (await send('GET', '/appointments?from=2026-11-24&to=2026-11-25')).items.find((one: Appointment) => one.patient.displayName === name),
    moves: (one: Appointment, start: string) =>
      send('POST', `/appointments/${one.id}/reschedule`, { start, outsideHours: true }, one.version),
  };
}

test('a note written while a colleague changes the name overwrites nothing unasked, and then only itself', async ({ page }) => {
  await open(page, '/patients');
  const other = await colleague(page);
  const rosa = await other.patient('rosa benitez');
  await page.getByTestId('patients-filter').fill('rosa');
  await page.getByTestId(`patient-${rosa.id}`).click();
  await page.getByRole('button', { name: 'Editar' }).click();
  await page.getByLabel('Notas').fill('Prefiere la mañana.');
  await other.renames(rosa, 'Benítez Soria');
  // The page behind the dialog shows it at once; the draft must not take its version for its own.
  await expect(page.locator('h1')).toHaveText('Rosa Benítez Soria');
  await page.getByTestId('patient-save').click();
  const conflict = page.getByRole('alert', { name: 'Alguien cambió esta ficha' });
  await expect(conflict).toContainText('Prefiere la mañana.');
  expect((await other.reads(rosa)).notes).toBeNull();
  await conflict.getByRole('button', { name: 'Aplicar lo mío' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  expect(await other.reads(rosa)).toMatchObject({ familyName: 'Benítez Soria', notes: 'Prefiere la mañana.' });
});

test('a text being written is not laid over a colleague’s, and an untouched one is simply shown', async ({ page }) => {
  await open(page, '/templates');
  const other = await colleague(page);
  const box = page.getByRole('textbox');
  await settled(page);
  await other.rewrites(await other.template(), 'Hola. Te esperamos.');
  await expect(box).toHaveValue('Hola. Te esperamos.');
  await box.fill('Hola, {nombre}.');
  await other.rewrites(await other.template(), 'Buenos días.');
  await page.getByTestId('template-save').click();
  const conflict = page.getByRole('alert', { name: 'Alguien cambió esta plantilla' });
  await expect(conflict).toContainText('Buenos días.');
  expect((await other.template()).draft).toBe('Buenos días.');
  await conflict.getByRole('button', { name: 'Aplicar lo mío' }).click();
  await expect(page.getByTestId('template-save')).toBeDisabled();
  expect((await other.template()).draft).toBe('Hola, {{patient.givenName}}.');
});

test('a visit that a colleague moves while it is being moved is decided on', async ({ page }) => {
  await open(page, '/agenda');
  const other = await colleague(page);
  await page
    .getByTestId(/^appointment-/)
    .filter({ hasText: 'Julián Ledesma' })
    .click();
  await page.getByTestId('visit-move').click();
  await page.getByTestId('book-time').fill('13:00');
  await other.moves(await other.visitOf('Julián Ledesma'), '2026-11-24T20:30:00Z');
  await expect(page.getByRole('dialog')).toContainText('17:30');
  await page.getByTestId('move-submit').click();
  await expect(page.getByRole('alert', { name: 'Julián Ledesma' })).toContainText('17:30');
  expect((await other.visitOf('Julián Ledesma')).start).toBe('2026-11-24T20:30:00Z');
});

test('Escape and a click beside a dialog ask before they throw away what was typed', async ({ page }) => {
  await open(page, '/agenda');
  await page.getByTestId('new-appointment').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.getByTestId('new-appointment').click();
  await page.getByLabel('Nota (opcional)').fill('Viene con la hija.');
  for (const leave of [() => page.keyboard.press('Escape'), () => page.mouse.click(8, 400)]) {
    await leave();
    await expect(page.getByTestId('unsaved')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Seguir editando' })).toBeFocused();
    await page.getByRole('button', { name: 'Seguir editando' }).click();
    await expect(page.getByTestId('unsaved')).toBeHidden();
    await expect(page.getByLabel('Nota (opcional)')).toHaveValue('Viene con la hija.');
  }
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Salir sin guardar' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
});
