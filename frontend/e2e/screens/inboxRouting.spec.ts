import { expect, test } from '@playwright/test';
import { open, settled } from '../support/console.ts';

test('an owner makes a team, and a conversation given to it is found under its name', async ({ page }) => {
  await open(page, '/settings?tab=inbox');
  await page.getByTestId('new-team').click();
  await page.getByTestId('team-name').fill('Óptica');
  await page.getByRole('dialog').getByLabel('Marcela Paz').check();
  await page.getByRole('button', { name: 'Guardar' }).last().click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('listitem').filter({ hasText: 'Óptica' })).toContainText('Marcela Paz');

  await page.getByRole('link', { name: 'Conversaciones' }).first().click();
  await page
    .getByTestId(/^conversation-/)
    .filter({ hasText: 'Bruno Maidana' })
    .click();
  await page.getByTestId('assign').click();
  await page.getByRole('menuitem', { name: 'Óptica' }).click();
  await expect(page.getByTestId('thread')).toContainText('cambió el equipo: Óptica');
  await page.getByLabel('Equipo', { exact: true }).selectOption('Óptica');
  await expect(page.getByTestId('conversations').getByRole('listitem').filter({ hasText: 'Bruno Maidana' })).toBeVisible();
  await expect(page.getByTestId('conversations')).not.toContainText('Rosa Benítez');
});

test('the measure and the words while closed are kept', async ({ page }) => {
  await open(page, '/settings?tab=inbox');
  await page.getByTestId('routing').selectOption('round-robin');
  await page.getByTestId('response-minutes').fill('15');
  await page.getByLabel('Qué decir fuera de horario').fill('Estamos cerrados.');
  await page.getByRole('button', { name: 'Guardar' }).first().click();
  await expect(page.getByRole('alert')).toContainText('Guardado.');
  await expect(page.getByTestId('response-minutes')).toHaveValue('15');
});

test('whoever is available says so, again and again while the console is open, and away at once', async ({ page }) => {
  // Bodies of such requests are streams, which only the page itself can read.
  await page.addInitScript(() => {
    const said: boolean[] = [];
    Object.assign(window, { said });
    const send = window.fetch;
    window.fetch = async (input, init) => {
      if (input instanceof Request && input.url.endsWith('/inbox-presence')) said.push((await input.clone().json()).available);
      return send(input, init);
    };
  });
  const said = () => page.evaluate(() => (window as unknown as { said: boolean[] }).said);
  await open(page, '/conversations');
  await settled(page);
  await page.getByTestId('available').click();
  await expect(page.getByTestId('available')).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(said).toEqual([true]);
  await page.getByTestId('available').click();
  await expect.poll(said).toEqual([true, false]);
});

test('the time that is left for an answer stands at whoever waits', async ({ page }) => {
  await open(page, '/conversations', { scenario: 'runs-out' });
  await expect(page.getByTestId('conversations').getByRole('listitem').filter({ hasText: 'Bruno Maidana' })).toContainText('quedan 3 min');
});

test('a saved reply is written with a field and found by its slash', async ({ page }) => {
  await open(page, '/conversations');
  await settled(page);
  await page.getByTestId('canned-replies').click();
  await page.getByTestId('canned-new').click();
  await page.getByTestId('canned-shortcut').fill('estacionar');
  await page.getByTestId('canned-text').fill('Hola ');
  await page.getByTestId('field-patient.givenName').click();
  await expect(page.getByTestId('canned-text')).toHaveValue('Hola {{patient.givenName}}');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await expect(page.getByTestId('canned-list')).toContainText('/estacionar');
  await page.keyboard.press('Escape');
  await page
    .getByTestId(/^conversation-/)
    .filter({ hasText: 'Bruno Maidana' })
    .click();
  await page.getByTestId('reply-text').fill('/estac');
  await page.getByTestId('suggestions').waitFor();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('reply-text')).toHaveValue('Hola Bruno');
});

test('on a middle screen the patient is opened beside the thread', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await open(page, '/conversations');
  await settled(page);
  await page
    .getByTestId(/^conversation-/)
    .filter({ hasText: 'Bruno Maidana' })
    .click();
  await expect(page.getByTestId('beside')).toBeHidden();
  await page.getByTestId('show-patient').click();
  await expect(page.getByTestId('beside')).toContainText('Bruno Maidana');
});

test('a voice note is fetched when somebody wants to hear it, and plays where it stands', async ({ page }) => {
  await open(page, '/conversations', { scenario: 'voice-note' });
  await settled(page);
  await page
    .getByTestId(/^conversation-/)
    .filter({ hasText: 'Bruno Maidana' })
    .click();
  await expect(page.getByTestId('voice')).toHaveCount(0);
  await page.getByTestId('listen').click();
  await expect(page.getByTestId('voice')).toHaveAttribute('src', /^blob:/);
});
