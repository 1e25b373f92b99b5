import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from '../support/axe.ts';

/** The public booking page, as people use it on a phone. */
test.use({ viewport: { width: 390, height: 844 } });

async function clean(page: Page): Promise<void> {
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 700 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await page.setViewportSize({ width: 390, height: 844 });
}

async function chooseTime(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Ver horas libres' }).click();
  await page
    .getByRole('button', { name: /, 10:45$/ })
    .first()
    .click();
}

async function fillIn(page: Page): Promise<void> {
  await page.getByLabel('Nombre', { exact: true }).fill('Julieta');
  await page.getByLabel('Apellido').fill('Sarmiento');
  await page.getByLabel('Teléfono con WhatsApp').fill('351 555 0164');
  await page.getByRole('button', { name: 'Enviar el código' }).click();
}

test('a visit is booked, looked at again, moved and cancelled, and every step is clean', async ({ page }) => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).hostname !== '127.0.0.1') foreign.push(request.url());
  });
  const wrong: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') wrong.push(message.text());
  });
  await page.goto('/reservar/con-texto');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Reservar un turno');
  await expect(page).toHaveTitle('Reservar un turno · Odontología Arrayán');
  await clean(page);
  await chooseTime(page);
  await expect(page.getByText(/Te guardamos esta hora hasta las/)).toBeVisible();
  await clean(page);
  await fillIn(page);
  await expect(page.getByLabel('Código de 6 números')).toBeFocused();
  await page.keyboard.type('417302');
  await clean(page);
  await page.getByRole('button', { name: 'Reservar', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Listo, te esperamos');
  await expect(page.getByText('Julieta Sarmiento')).toBeVisible();
  await clean(page);

  const file = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Agregar al calendario' }).click();
  expect((await file).suggestedFilename()).toBe('con-texto.ics');

  await page.reload(); // the link alone shows the visit, and nobody's name
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tu visita');
  await expect(page.getByText('Julieta')).toHaveCount(0);
  await page.getByRole('button', { name: 'Cambiar la hora' }).click();
  await page
    .getByRole('button', { name: /, 16:30$/ })
    .first()
    .click();
  await expect(page.getByText('Listo, cambiamos la hora.')).toBeVisible();
  await clean(page);
  await page.getByRole('button', { name: 'Cancelar la visita' }).click();
  await page.getByRole('button', { name: 'Sí, cancelar' }).click();
  await expect(page.getByText('La visita está cancelada.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Cambiar la hora' })).toHaveCount(0);
  await clean(page);
  expect(foreign).toEqual([]);
  expect(wrong).toEqual([]);
});

test('all of it can be done by keyboard', async ({ page }) => {
  await page.goto('/reservar/arrayan');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  const press = async (name: string | RegExp) => {
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab');
      const focused = page.locator(':focus');
      if ((await focused.count()) === 0) continue;
      const said = (await focused.getAttribute('aria-label')) ?? (await focused.textContent()) ?? '';
      if (typeof name === 'string' ? said === name : name.test(said)) return page.keyboard.press('Enter');
    }
    throw new Error(`Tab never came to ${name}`);
  };
  await press('Ver horas libres');
  await expect(page.getByRole('button', { name: /, 10:45$/ }).first()).toBeVisible();
  await press(/, 10:45$/);
  await expect(page.getByLabel('Nombre', { exact: true })).toBeVisible();
});

test('nothing typed is lost when the code is wrong or the net is away', async ({ page }) => {
  await page.goto('/reservar/arrayan');
  await chooseTime(page);
  await page.route('**/bookings/code', (route) => route.abort());
  await fillIn(page);
  await expect(page.getByRole('alert')).toHaveText(/Sin conexión/);
  await expect(page.getByLabel('Apellido')).toHaveValue('Sarmiento');
  await clean(page);
  await page.unroute('**/bookings/code');
  await page.getByRole('button', { name: 'Enviar el código' }).click();
  await page.getByLabel('Código de 6 números').fill('000000');
  await page.getByRole('button', { name: 'Reservar', exact: true }).click();
  await expect(page.getByRole('alert')).toHaveText(/El código no es ese/);
  await expect(page.getByLabel('Código de 6 números')).toBeFocused();
  await expect(page.getByLabel('Nombre', { exact: true })).toHaveValue('Julieta');
});

test('a time that somebody else took leads to the others', async ({ page }) => {
  await page.goto('/reservar/ocupada');
  await chooseTime(page);
  await expect(page.getByRole('alert')).toHaveText(/se acaba de ocupar/);
  await page
    .getByRole('button', { name: /, 16:30$/ })
    .first()
    .click();
  await expect(page.getByLabel('Nombre', { exact: true })).toBeVisible();
});

for (const [alias, said] of [
  ['limite', /Demasiados intentos/],
  ['sin-linea', /no podemos mandar códigos/],
] as const)
  test(`${alias} says what to do, with the clinic's phone`, async ({ page }) => {
    await page.goto(`/reservar/${alias}`);
    await chooseTime(page);
    await fillIn(page);
    await expect(page.getByRole('alert')).toHaveText(said);
    await expect(page.getByRole('link', { name: /^Llamar al/ })).toBeVisible();
  });

test('a clinic without bookings, without free times and a dead link say so', async ({ page }) => {
  await page.goto('/reservar/cerrada');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Aquí no se toman reservas');
  await clean(page);
  await page.goto('/reservar/sin-horas');
  await page.getByRole('button', { name: 'Ver horas libres' }).click();
  await expect(page.getByText(/No (quedan|hay) horas libres/)).toBeVisible();
  await clean(page);
  await page.goto('/reservar/arrayan#v=nothing');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Este enlace ya no sirve');
});

test('speaks the language of the browser, and another one on request, without losing anything', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'languages', { value: ['pt-BR'] }));
  await page.goto('/reservar/arrayan');
  await expect(page.locator('html')).toHaveAttribute('lang', 'pt-BR');
  await page.getByRole('button', { name: 'Ver horários livres' }).click();
  await page
    .getByRole('button', { name: /, 10:45$/ })
    .first()
    .click();
  await page.getByLabel('Nome', { exact: true }).fill('Julieta');
  await page.getByRole('button', { name: 'EN', exact: true }).click();
  await expect(page.getByLabel('First name')).toHaveValue('Julieta');
  await clean(page);
});

test('of several places one is chosen, its times are shown with it, and the visit says where and how to get there', async ({ page }) => {
  await page.goto('/reservar/dos-sedes');
  const places = page.getByRole('group', { name: '¿Dónde?' });
  await expect(places.getByRole('radio')).toHaveCount(3);
  await page.getByRole('button', { name: 'Ver horas libres' }).click();
  await expect(page.getByRole('button', { name: / Sede Cerro$/ }).first()).toBeVisible();
  await clean(page);
  await page
    .getByRole('button', { name: /^Cambiar/ })
    .first()
    .click();
  await places.getByLabel('Sede Cerro').check();
  const asked = page.waitForRequest(/slots\?.*locationId=01937f3e-0000-7000-8000-000000000202/);
  await page.getByRole('button', { name: 'Ver horas libres' }).click();
  await asked;
  await expect(page.getByRole('listitem').filter({ hasText: 'Rafael Núñez 4120' })).toBeVisible();
  await page.goto('/reservar/con-texto');
  await expect(places).toHaveCount(0);
  await chooseTime(page);
  await fillIn(page);
  await page.getByLabel('Código de 6 números').fill('417302');
  await page.getByRole('button', { name: 'Reservar', exact: true }).click();
  await expect(page.getByRole('link', { name: 'Cómo llegar' })).toHaveAttribute('href', /query=-31\.4279%2C-64\.1855/);
  await expect(page.getByText('Cordoba (GMT-3)')).toBeVisible();
});

test('a time that several share says how many places are left', async ({ page }) => {
  await page.goto('/reservar/en-grupo');
  await page.getByRole('button', { name: 'Ver horas libres' }).click();
  await expect(page.getByRole('button', { name: /, 10:45 quedan 3 lugares$/ }).first()).toBeVisible();
  await clean(page);
});

test('a clinic that asks for a deposit says so before, and links to where it is paid', async ({ page }) => {
  await page.goto('/reservar/con-sena');
  await chooseTime(page);
  await expect(page.getByText(/Se pide una seña de .*5[.,]000/)).toBeVisible();
  await fillIn(page);
  await page.getByLabel('Código de 6 números').fill('417302');
  await page.getByRole('button', { name: 'Reservar', exact: true }).click();
  await expect(page.getByRole('link', { name: /^Pagar / })).toHaveAttribute('href', 'https://pagos.example/arrayan?ref=417302');
  await clean(page);
});
