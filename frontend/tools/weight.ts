import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chromium } from '@playwright/test';
import { CLINIC } from '../mock/names.ts';

/**
 * What opening Today costs a browser that has nothing of the console yet: bytes by kind, as they travel, and when something
 * is painted, on a slow phone's network (1.6 Mbit/s, 150 ms) with a quarter of this machine's speed. Needs dist/.
 *
 *     npm run build && npm run weight
 */
const PORT = Number(process.env.RECADO_MOCK_PORT ?? 18320);
const ORIGIN = `http://127.0.0.1:${PORT}`;
/** Kilobytes of the scripts that index.html names: what has to be there before anything of the console runs. */
const MOST = Number(process.env.RECADO_MOST_KB ?? 230);

const mock = spawn(process.execPath, ['mock/server.ts'], {
  env: { ...process.env, RECADO_MOCK_PORT: String(PORT) },
  stdio: ['ignore', 'pipe', 'inherit'],
});
await once(mock.stdout, 'data');
const browser = await chromium.launch({
  executablePath: process.env.RECADO_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu'],
});
try {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'es-AR' });
  const page = await context.newPage();
  await page.addInitScript(([key, user]) => sessionStorage.setItem(key, user), [
    `recado.user:${ORIGIN}/mock-identity:recado-console`,
    JSON.stringify({ access_token: 'full.weight.0', token_type: 'Bearer', scope: 'openid', profile: { sub: 'andrea' }, expires_at: 4e9 }),
  ] as const);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: 200_000,
    uploadThroughput: 93_750,
  });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const files = new Map<string, { path: string; bytes: number }>();
  let complete = false;
  devtools.on('Network.responseReceived', ({ requestId, response }) => {
    const { pathname } = new URL(response.url);
    if (!complete && !pathname.startsWith('/api') && !pathname.startsWith('/mock-identity'))
      files.set(requestId, { path: pathname, bytes: 0 });
  });
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const file = files.get(requestId);
    if (file) file.bytes = encodedDataLength;
  });
  await page.goto(`${ORIGIN}/c/${CLINIC.alias}/today`, { waitUntil: 'commit' });
  await page.getByTestId('org-switcher').waitFor();
  await page.locator('main h1').waitFor();
  const desk = await page.evaluate(() => performance.now());
  await page.locator('[data-testid="day-list"], [data-testid="empty"]').first().waitFor();
  const day = await page.evaluate(() => performance.now());
  complete = true;
  const painted = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN);

  const kinds = { html: /^\/[^.]*$/, code: /\.js$/, styles: /\.css$/, fonts: /\.woff2$/, pictures: /\.svg$/ };
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`.padStart(8);
  for (const [kind, pattern] of Object.entries(kinds)) {
    const those = [...files.values()].filter((file) => pattern.test(file.path));
    const bytes = those.reduce((sum, file) => sum + file.bytes, 0);
    console.log(kind.padEnd(10), kilobytes(bytes), ` ${those.length} files`);
  }
  if (process.env.RECADO_FILES) for (const file of files.values()) console.log(kilobytes(file.bytes), file.path);
  console.log('all'.padEnd(10), kilobytes([...files.values()].reduce((sum, file) => sum + file.bytes, 0)));
  console.log(`painted after ${Math.round(painted)} ms, the desk after ${Math.round(desk)} ms, the day after ${Math.round(day)} ms`);
  const named = await (await fetch(ORIGIN)).text();
  const entry = [...files.values()]
    .filter((file) => file.path.endsWith('.js') && named.includes(file.path))
    .reduce((sum, file) => sum + file.bytes, 0);
  console.log('entry'.padEnd(10), kilobytes(entry));
  if (entry > MOST * 1000) {
    console.error(`The entry weighs more than ${MOST} kB.`);
    process.exitCode = 1;
  }
} finally {
  await browser.close();
  mock.kill();
}
