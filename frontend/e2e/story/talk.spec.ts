import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from '../support/axe.ts';
import { type Script, ScriptedModel } from './scriptedModel.ts';
import { answer, book, CLINIC, chat, comingDay, link, newWindow, signIn, stranger } from './support.ts';

/**
 * A clinic whose assistant answers, acted out on the whole system with a model that says what is written here: it knows the last
 * notification, moves the visit only after a yes, answers later when it is slow, and a person who is asked for has five minutes.
 */

const daysAfter = (now: string, days: number) =>
  new Date(Date.parse(`${now.slice(0, 10)}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

const SCRIPTS: Script[] = [
  {
    when: /estacionamiento/i,
    thinks: 11_000,
    answers: () => ({ text: 'Hay estacionamiento gratuito en la puerta.' }),
  },
  {
    when: /cambiarla/i,
    answers: (found, data) => {
      if (!Array.isArray(found)) {
        return { tool: 'free_times', with: { visit: 'v1', from: daysAfter(data.now, 1), to: daysAfter(data.now, 20) } };
      }
      const first = (found as { start: string }[])[0];
      if (!first) return { tool: 'hand_over', with: { cause: 'not-possible' } };
      return { tool: 'propose_move', with: { visit: 'v1', start: first.start } };
    },
  },
  // It makes a price up: whatever a model says, that does not reach anybody.
  { when: /cu[aá]nto/i, answers: () => ({ text: 'Cuesta $ 99.999.' }) },
];

async function configure(owner: Page, url: string, active: boolean) {
  await owner.goto(`/c/${CLINIC.alias}/settings?tab=assistant`);
  await owner.getByTestId('assistant-change').click();
  const form = owner.getByRole('dialog');
  await form.getByLabel('Dirección del servidor').fill(url);
  await form.getByLabel('Modelo', { exact: true }).fill('scripted');
  await form.getByLabel('Clave').fill('sk-of-the-story');
  await form.getByLabel('Contestar a los pacientes').setChecked(active);
  await form.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(form).toBeHidden();
}

test('the assistant answers later, moves a visit after a yes, and leaves what it must to a person', async ({ browser }) => {
  const rosa = stranger('Rosaura', 'Vela');
  const model = new ScriptedModel(SCRIPTS);
  const url = await model.start();
  const owner = await newWindow(browser);
  const desk = await newWindow(browser);
  const phones = await newWindow(browser);
  const thread = chat(phones, rosa);
  const row = desk.locator('[data-testid^="conversation-"]', { hasText: rosa.family }).first();

  try {
    await test.step('an owner gives it a model, and the desk books a visit, which is confirmed', async () => {
      await signIn(owner, CLINIC.owner);
      await signIn(desk, CLINIC.receptionist);
      await link(desk, phones);
      await configure(owner, url, true);
      await expect(owner.getByTestId('assistant-state')).toContainText('Contesta');
      await desk.goto(`/c/${CLINIC.alias}/agenda?date=${comingDay()}`);
      await book(desk, rosa, '11:00');
      await expect(thread).toContainText(rosa.given);
    });

    await test.step('a model that is slow is announced, and its answer comes once', async () => {
      await answer(phones, rosa, '¿Tienen estacionamiento?');
      await expect(thread).toContainText('Un momento, por favor.');
      await expect(thread).toContainText('Hay estacionamiento gratuito en la puerta.');
      expect((await thread.innerText()).split('Un momento, por favor.')).toHaveLength(2);
      expect((await thread.innerText()).split('estacionamiento gratuito')).toHaveLength(2);
    });

    await test.step('it is moved after a yes to exactly that hour, and not before', async () => {
      await answer(phones, rosa, '¿Puedo cambiarla para otro día?');
      await expect(thread).toContainText('¿Cambiamos');
      expect(JSON.stringify(model.asked.at(-1))).toContain('lastNotification');
      await expect(thread).not.toContainText('Listo, quedó');
      const asked = model.asked.length;
      await answer(phones, rosa, 'sí');
      await expect(thread).toContainText('Listo, quedó');
      expect(model.asked.length, 'a yes needs no model').toBe(asked);
    });

    await test.step('a price that nobody wrote down is not said, and a person is called with five minutes', async () => {
      await answer(phones, rosa, '¿Cuánto sale?');
      await expect(thread).toContainText('Eso no lo sé con certeza');
      await expect(thread).not.toContainText('99.999');
      await desk.goto(`/c/${CLINIC.alias}/conversations`);
      await row.click();
      await expect(desk.getByTestId('hand-over-bar')).toBeVisible();
      await expect(desk.getByTestId('hand-over-bar')).toContainText(/[45]/);
      await expect(desk.getByTestId('assistant-beside')).toContainText('Respuesta retenida');
      await expectAccessible(desk);
    });

    await test.step('whoever answers has it, what the assistant did is judged there, and it is silent', async () => {
      await desk.getByTestId('assistant-beside').getByRole('button', { name: 'Estuvo bien' }).first().click();
      await desk.getByTestId('reply-text').fill('La consulta sale 80.000.');
      await desk.getByTestId('reply-send').click();
      await expect(thread).toContainText('La consulta sale 80.000.');
      await expect(desk.getByTestId('hand-over-bar')).toBeHidden();
      const asked = model.asked.length;
      await answer(phones, rosa, '¿Tienen estacionamiento para motos?');
      await expect(desk.getByTestId('thread')).toContainText('para motos');
      await desk.waitForTimeout(3_000);
      expect(model.asked.length, 'a person has the conversation').toBe(asked);
    });

    await test.step('the owner sees what it came to', async () => {
      await owner.goto(`/c/${CLINIC.alias}/settings?tab=assistant`);
      await expect(owner.getByTestId('assistant-figures')).toContainText('por conversación');
      await expect(owner.getByTestId('assistant-turns')).toContainText('El paciente dijo que sí: hecho');
    });
  } finally {
    await configure(owner, url, false); // other stories are told on the same clinic
    await model.stop();
  }
});
