import { expect, test } from '@playwright/test';
import { expectAccessible } from '../support/axe.ts';
import { CLINIC, chat, link, newWindow, openPhones, signIn, stranger } from './support.ts';

/** Somebody whom the clinic has never seen books on its page, on the whole system; the desk sees it happen. */

test('somebody books on the clinic’s page with a code over WhatsApp', async ({ browser }) => {
  const owner = await newWindow(browser);
  const phones = await newWindow(browser);
  const visitor = await newWindow(browser, 390);
  const julieta = stranger('Julieta', 'Online');

  await test.step('the owner opens the page', async () => {
    await signIn(owner, CLINIC.owner);
    await owner.goto(`/c/${CLINIC.alias}/line`);
    if (!(await owner.getByTestId('log-out-line').isVisible())) await link(owner, phones);
    await owner.goto(`/c/${CLINIC.alias}/settings?tab=booking`);
    const open = owner.getByRole('checkbox', { name: 'Tomar reservas en la página' });
    await open.check();
    await owner.getByRole('checkbox', { name: /^Consulta general/ }).check();
    const save = owner.getByRole('button', { name: 'Guardar', exact: true });
    if (await save.isEnabled()) await save.click();
    await expect(save).toBeDisabled();
    await owner.goto(`/c/${CLINIC.alias}/agenda`);
  });

  await test.step('a visitor chooses a time and proves their number', async () => {
    await openPhones(phones);
    await visitor.goto(`/reservar/${CLINIC.alias}`);
    await visitor.getByRole('button', { name: 'Ver horas libres' }).click();
    await visitor
      .getByRole('button', { name: /, \d{1,2}:\d{2}$/ })
      .first()
      .click();
    await expect(visitor.getByText(/Te guardamos esta hora hasta las/)).toBeVisible();
    await visitor.getByLabel('Nombre', { exact: true }).fill(julieta.given);
    await visitor.getByLabel('Apellido').fill(julieta.family);
    await visitor.getByLabel('Teléfono con WhatsApp').fill(julieta.phone);
    await visitor.getByRole('button', { name: 'Enviar el código' }).click();
    await expect(chat(phones, julieta)).toContainText(/\d{6}/);
    const code = /\b\d{6}\b/.exec(await chat(phones, julieta).innerText())?.[0] ?? '';
    await visitor.getByLabel('Código de 6 números').fill(code);
    await visitor.getByRole('button', { name: 'Reservar', exact: true }).click();
    await expect(visitor.getByRole('heading', { level: 1 })).toHaveText('Listo, te esperamos');
    await expectAccessible(visitor);
  });

  await test.step('the desk finds them with their visit, and they read its confirmation', async () => {
    await owner.goto(`/c/${CLINIC.alias}/patients`);
    await owner.getByTestId('patients-filter').fill(julieta.family);
    await owner.locator('[data-testid^="patient-"]', { hasText: julieta.family }).first().click();
    await expect(owner.getByText('Consulta general').first()).toBeVisible();
    await expect(chat(phones, julieta)).toContainText(julieta.given);
  });
});
