import { expect, type Page, test } from '@playwright/test';
import { open, settled } from '../support/console.ts';

async function inbox(
  page: Page,
  who: string,
  scenario?: 'who-wrote' | 'answered-meanwhile' | 'colleague-writes' | 'several-lines' | 'hand-over',
): Promise<void> {
  await open(page, '/conversations', scenario && { scenario });
  await settled(page);
  await page
    .getByTestId(/^conversation-/)
    .filter({ hasText: who })
    .click();
  await page.getByTestId('reply-text').waitFor();
}

test('who waits for an answer stands in front, longest first, and the thread tells everything in words', async ({ page }) => {
  await inbox(page, 'Florencia Luna');
  await expect(page.getByTestId('conversations').getByRole('listitem').first()).toContainText('Te toca a vos');
  const thread = page.getByTestId('thread');
  await expect(thread).toContainText('Llamó a las 10:42');
  await expect(thread).toContainText('ahora es +54 9 11 4444 5555');
  await page
    .getByTestId(/^conversation-/)
    .filter({ hasText: 'Rosa Benítez' })
    .click();
  await expect(thread).toContainText('Antes decía: Puedo ir con mi hoja?');
  await expect(page.getByRole('button', { name: /radiografia\.png/ }).locator('img')).toBeVisible();
});

test('an answer is sent by keys, is shown at once, and then it is the patient’s turn', async ({ page }) => {
  await inbox(page, 'Bruno Maidana');
  await page.getByTestId('reply-text').fill('El jueves a las 17 hay lugar.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('sent').last()).toContainText('El jueves a las 17 hay lugar.');
  await expect(page.getByTestId('sent').last()).toContainText('Enviado');
  await expect(page.getByTestId('reply-text')).toBeFocused();
  const list = page.getByTestId('conversations');
  await expect(list).toContainText('Le toca al paciente');
  await expect(list.getByRole('listitem').filter({ hasText: 'Bruno Maidana' })).not.toContainText('Sin asignar');
});

test('an answer quotes what it answers, and a sign stands at its message until it is taken back', async ({ page }) => {
  await inbox(page, 'Bruno Maidana');
  const asked = page.getByTestId(/^inbound-/).filter({ hasText: 'el jueves a la tarde' });
  await asked.getByRole('button', { name: 'Responder citando' }).click();
  await expect(page.getByTestId('quoting')).toBeVisible();
  await expect(page.getByTestId('reply-text')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('quoting')).toHaveCount(0);
  await asked.getByRole('button', { name: 'Responder citando' }).click();
  await page.getByTestId('reply-text').fill('Ese día sí.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('sent').last()).toContainText('Responde a:');
  await expect(page.getByTestId('quoting')).toHaveCount(0);

  await asked.getByRole('button', { name: 'Reaccionar' }).click();
  await page.getByRole('button', { name: '🙏' }).click();
  await expect(asked).toContainText('🙏');
  await asked.getByRole('button', { name: 'Reaccionar' }).click();
  await page.getByRole('button', { name: '🙏', pressed: true }).click();
  await expect(asked).not.toContainText('🙏');
});

/** Holds up the answers to some requests until it is called. */
async function heldUp(page: Page, requests: RegExp): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((done) => {
    release = done;
  });
  await page.route(requests, async (route) => {
    await released;
    // What was asked anew meanwhile is answered there.
    await route.fallback().catch(() => {});
  });
  return release;
}

test('a conversation that moves between the lists is shown once, however late one of them is answered', async ({ page }) => {
  await inbox(page, 'Bruno Maidana');
  const release = await heldUp(page, /\/conversations\?.*turn=clinic/);
  await page.getByTestId('reply-text').fill('El jueves a las 17 hay lugar.');
  await page.keyboard.press('Control+Enter');
  const its = page.getByTestId('conversations').getByRole('listitem').filter({ hasText: 'Bruno Maidana' });
  await expect(its).not.toContainText('Sin asignar');
  const answered = page.waitForResponse(/\/conversations\?.*turn=clinic/);
  release();
  await answered;
  await settled(page);
  await expect(its).toHaveCount(1);
});

test('what is begun while a note is being saved stays', async ({ page }) => {
  await inbox(page, 'Bruno Maidana');
  const release = await heldUp(page, /\/notes$/);
  await page.getByTestId('tab-note').click();
  await page.getByTestId('reply-text').fill('Acosta lo ve hoy.');
  await page.keyboard.press('Control+Enter');
  await page.getByTestId('tab-reply').click();
  await page.getByTestId('reply-text').fill('Te esperamos.');
  release();
  await expect(page.getByTestId('note')).toContainText('Acosta lo ve hoy.');
  await expect(page.getByTestId('reply-text')).toHaveValue('Te esperamos.');
});

test('a saved reply is found by its slash and filled, and the draft waits when one leaves', async ({ page }) => {
  await inbox(page, 'Bruno Maidana');
  await page.getByTestId('reply-text').fill('/hor');
  await page.getByTestId('suggestions').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('reply-text')).toHaveValue('Bruno, hoy te podemos ver a las 16:30 o a las 17:30.');
  await page
    .getByTestId(/^conversation-/)
    .filter({ hasText: 'Rosa Benítez' })
    .click();
  await expect(page.getByTestId('reply-text')).toHaveValue('');
  await page
    .getByTestId(/^conversation-/)
    .filter({ hasText: 'Bruno Maidana' })
    .click();
  await expect(page.getByTestId('reply-text')).toHaveValue(/hoy te podemos ver/);
});

test('a colleague who answers meanwhile is seen before the second answer leaves', async ({ page }) => {
  await inbox(page, 'Bruno Maidana', 'answered-meanwhile');
  await page.getByTestId('reply-text').fill('Hasta las 20.');
  await page.getByTestId('reply-send').click();
  await expect(page.getByTestId('answered-meanwhile')).toBeVisible();
  await expect(page.getByTestId('sent').last()).toContainText('Sí, hasta las 18.');
  await expect(page.getByTestId('reply-text')).toHaveValue('Hasta las 20.');
  await page.getByRole('button', { name: 'Mandar igual' }).click();
  await expect(page.getByTestId('sent').last()).toContainText('Hasta las 20.');
});

test('whoever writes an answer is named to the others', async ({ page }) => {
  await inbox(page, 'Bruno Maidana', 'colleague-writes');
  await expect(page.getByTestId('typing')).toContainText('Marcela Paz está escribiendo. Si mandás ahora, salen dos respuestas.');
});

test('whoever asks for a person is seen with the time that is left, until somebody takes it', async ({ page }) => {
  await inbox(page, 'Bruno Maidana', 'hand-over');
  await expect(page.getByTestId('hand-over-bar')).toContainText('3:12');
  await expect(page.getByTestId('hand-over-bar')).toContainText('Pide hablar con una persona');
  await page.getByTestId('take-now').click();
  await expect(page.getByTestId('hand-over-bar')).toBeHidden();
  await expect(page.getByTestId('assign')).toContainText('Vos');
});

test('it is taken, sorted, noted and resolved, and stands among the resolved ones', async ({ page }) => {
  await inbox(page, 'Bruno Maidana');
  await page.getByTestId('assign').click();
  await page.getByTestId('take').click();
  await expect(page.getByTestId('assign')).toContainText('Vos');
  await page.getByTestId('label').fill('Ortodoncia');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('beside').getByRole('button', { name: 'Quitar Ortodoncia' })).toBeVisible();
  await page.getByTestId('tab-note').click();
  await page.getByTestId('reply-text').fill('Acosta lo ve hoy. @Mar');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('reply-text')).toHaveValue('Acosta lo ve hoy. @Marcela Paz ');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('note')).toContainText('Acosta lo ve hoy.');
  await page.getByTestId('resolve').click();
  await expect(page.getByTestId('resolve')).toContainText('Reabrir');
  await page.getByLabel('Estado').selectOption('Resueltas');
  await expect(page.getByTestId('conversations').getByRole('listitem')).toContainText(['Bruno Maidana']);
});

test('a new number is taken over with one press', async ({ page }) => {
  await inbox(page, 'Florencia Luna');
  await expect(page.getByTestId('thread')).toContainText('Dejar el de antes');
  await page.getByTestId('accept-number').click();
  await expect(page.getByTestId('accept-number')).toBeHidden();
});

test('a "1" that may be for two visits is given to one of them by keyboard', async ({ page }) => {
  await inbox(page, 'Carla', 'who-wrote');
  const which = page.getByTestId('which-visit');
  await expect(which.getByRole('listitem')).toHaveCount(2);
  await expect(which.getByTestId('assign-declines')).toHaveCount(0);
  const name = (await which.locator('b').nth(1).textContent()) ?? '';
  await which.getByTestId('assign-accepts').nth(1).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText(`Confirmado: ${name}`);
  await expect(which).toBeHidden();
});

test('"Leo sí, Pía no" asks for each of the family, and waits until both are said', async ({ page }) => {
  await inbox(page, 'Gabriela', 'who-wrote');
  await expect(page.getByTestId('thread')).toContainText('Habla de varios turnos de la familia');
  const which = page.getByTestId('which-visit');
  await expect(which.getByRole('listitem')).toHaveCount(2);
  await which.getByTestId('assign-accepts').first().click();
  await expect(which.getByRole('listitem')).toHaveCount(1);
  await which.getByTestId('assign-declines').click();
  await expect(which).toBeHidden();
});

test('a stranger gets a card of their own, and whoever hides their number is answered all the same', async ({ page }) => {
  await inbox(page, 'Zoe', 'who-wrote');
  await expect(page.getByTestId('beside')).toContainText('WhatsApp no muestra su número');
  await page.getByTestId('reply-text').fill('Sí, con la orden.');
  await page.getByTestId('reply-send').click();
  await expect(page.getByTestId('sent').last()).toContainText('Sí, con la orden.');

  await inbox(page, 'Zoe Quintana', 'several-lines');
  await page.getByTestId('add-sender').click();
  await expect(page.getByTestId('patient-given-name')).toHaveValue('Zoe');
  await expect(page.getByTestId('patient-family-name')).toHaveValue('Quintana');
  await expect(page.getByTestId('patient-phone')).toHaveValue(/555.?0777/);
});

test('what was said is found by its words, which stand in no address', async ({ page }) => {
  await open(page, '/conversations');
  await page.getByTestId('inbox-search').fill('radiografia');
  await page.getByTestId('found').getByRole('link').first().click();
  await expect(page.getByTestId('thread')).toContainText('Llevo la radiografía?');
  expect(page.url()).not.toContain('radiografia');
});

test('on a phone the list gives way to the thread and comes back', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await inbox(page, 'Bruno Maidana');
  await expect(page.getByTestId('conversations')).toBeHidden();
  await page.getByRole('link', { name: 'Volver a la lista' }).click();
  await expect(page.getByTestId('conversations')).toBeVisible();
});

test('the offered ninth digit stands at the phone it is for, and taking it leaves the keyboard there', async ({ page }) => {
  await open(page, '/agenda');
  await page.getByTestId('new-appointment').click();
  await page.getByTestId('patient-search').fill('Zoe Quintana');
  await page.getByTestId('patient-new').click();
  const phone = page.getByTestId('patient-phone');
  await phone.fill('+55 11 8765 4321');
  await phone.press('Tab');
  await expect(page.getByTestId('patient-phone-suggestion')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(phone).toHaveValue('+55 11 98765 4321');
  await expect(phone).toBeFocused();
});
