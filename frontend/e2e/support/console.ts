import type { Page } from '@playwright/test';
import { CLINIC, NOW } from '../../mock/names.ts';
import type { Scenario } from '../../mock/world.ts';

export interface Opening {
  scenario?: Scenario;
  scheme?: 'light' | 'dark';
  language?: 'es' | 'en' | 'pt-BR';
  /** Lets the page's clock run, from the moment the mock's day is about; it stands still otherwise. */
  running?: boolean;
}

let opened = 0;

/** Opens a page of the console as somebody already signed in, at the moment the mock's day is about; answers the session's name. */
export async function open(
  page: Page,
  path: string,
  { scenario = 'full', scheme = 'light', language = 'es', running }: Opening = {},
): Promise<string> {
  opened += 1;
  const session = `${scenario}.${process.pid}-${opened}`;
  const origin = `http://127.0.0.1:${process.env.RECADO_MOCK_PORT ?? 18310}`;
  if (running) await page.clock.install({ time: new Date(NOW) });
  else await page.clock.setFixedTime(new Date(NOW));
  await page.context().addCookies([{ name: 'mock-session', value: session, url: origin }]);
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await page.addInitScript(
    ([key, user, language, scheme, opening]) => {
      // Once per opening: a reload or a duplicated tab goes on with what it has by then.
      if (Number(sessionStorage.getItem('mock.opening') ?? 0) < opening) {
        sessionStorage.setItem('mock.opening', String(opening));
        sessionStorage.setItem(key, user);
      }
      localStorage.setItem('recado.language', language);
      localStorage.setItem('mantine-color-scheme-value', scheme);
    },
    [
      `recado.user:${origin}/mock-identity:recado-console`,
      JSON.stringify({
        access_token: `${session}.0`,
        refresh_token: `${session}.0`,
        token_type: 'Bearer',
        scope: 'openid',
        profile: { sub: 'andrea' },
        expires_at: running ? Date.parse(NOW) / 1000 + 300 : 4_000_000_000,
      }),
      language,
      scheme,
      opened,
    ] as const,
  );
  // Held here and not by the server: six unanswered requests are all the connections a browser opens to one host, and the
  // page's own files would wait behind them.
  if (scenario === 'loading') await page.route(/\/api\/v1\/(organizations|platform)(?!.*\/events$)/, () => {});
  await page.goto(/^\/(platform|invitation)/.test(path) ? path : `/c/${CLINIC.alias}${path}`);
  return session;
}

/** Waits until nothing is loading, every font is there, and what faded in has done so. */
export async function settled(page: Page, loading = false): Promise<void> {
  if (!loading)
    await page
      .locator('[data-skeleton], [data-testid="agenda-grid"][aria-busy="true"], [data-testid="month-grid"][aria-busy="true"]')
      .first()
      .waitFor({ state: 'detached', timeout: 15_000 })
      .catch(() => {});
  await page.evaluate(() => document.fonts.ready);
  await still(page);
}

/** Waits until nothing moves: what opened has been drawn, and what ends of its own accord has ended. */
export async function still(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY);
    await Promise.all(ending.map((one) => one.finished.catch(() => undefined)));
  });
}
