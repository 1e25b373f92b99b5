import type { Page } from '@playwright/test';
import { CLINIC, NOW } from '../../mock/names.ts';
import type { Scenario } from '../../mock/world.ts';

export interface Opening {
  scenario?: Scenario;
  scheme?: 'light' | 'dark';
  language?: 'es' | 'en' | 'pt-BR';
}

let opened = 0;

/** Opens a page of the console as somebody already signed in, at the moment the mock's day is about. */
export async function open(
  page: Page,
  path: string,
  { scenario = 'full', scheme = 'light', language = 'es' }: Opening = {},
): Promise<void> {
  opened += 1;
  const token = `${scenario}.${process.pid}-${opened}`;
  const origin = `http://127.0.0.1:${process.env.RECADO_MOCK_PORT ?? 18310}`;
  await page.clock.setFixedTime(new Date(NOW));
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await page.addInitScript(
    ([key, user, language, scheme]) => {
      sessionStorage.setItem(key, user);
      localStorage.setItem('recado.language', language);
      localStorage.setItem('mantine-color-scheme-value', scheme);
    },
    [
      `recado.user:${origin}/mock-identity:recado-console`,
      JSON.stringify({ access_token: token, token_type: 'Bearer', scope: 'openid', profile: { sub: 'andrea' }, expires_at: 4_000_000_000 }),
      language,
      scheme,
    ] as const,
  );
  // Held here and not by the server: six unanswered requests are all the connections a browser opens to one host, and the
  // page's own files would wait behind them.
  if (scenario === 'loading') await page.route(/\/api\/v1\/(organizations|platform)(?!.*\/events$)/, () => {});
  await page.goto(path.startsWith('/platform') ? path : `/c/${CLINIC.alias}${path}`);
}

/** Waits until nothing is loading and every font is there. */
export async function settled(page: Page, loading = false): Promise<void> {
  if (!loading)
    await page
      .locator('.sk')
      .first()
      .waitFor({ state: 'detached', timeout: 15_000 })
      .catch(() => {});
  await page.evaluate(() => document.fonts.ready);
}
