import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, devices } from '@playwright/test';

const mockPort = Number(process.env.RECADO_MOCK_PORT ?? 18310);
const chromium = process.env.RECADO_CHROMIUM ?? '/usr/bin/chromium';
// The same engine without the browser's own windows and services: a third of the processor time for a page.
const debianShell = '/usr/bin/chromium-headless-shell';
const shell = process.env.RECADO_CHROMIUM_SHELL ?? (existsSync(debianShell) ? debianShell : chromium);
const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A microphone that beeps.
  '--use-fake-device-for-media-stream',
  // Only the English words come with it; this makes its own date fields follow `<html lang>`, as those of people do.
  '--enable-blink-features=LangAttributeAwareFormControlUI',
];
const story = process.env.RECADO_BASE_URL;
// Patterns of files are compared with whole paths: a folder above this one may be called as one of those below it.
const e2e = fileURLToPath(new URL('e2e', import.meta.url));
/** Of the whole system on a busy machine, where something goes through a browser, a backend, a gateway and a phone. */
const PATIENCE = 30_000;

/**
 * `screens`: the built console against the mock server, with axe, in light and dark.
 * `shots`: pictures of every screen into docs/screens.
 * `story`: the whole system, at RECADO_BASE_URL.
 */
export default defineConfig({
  testDir: './e2e',
  outputDir: './test-results',
  workers: 1,
  fullyParallel: false,
  timeout: 60_000,
  // Where nobody watches; the end of ./dev test names what needed it.
  retries: process.env.CI ? 1 : 0,
  reporter: [['list']],
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1366, height: 768 },
    locale: 'es-AR',
    timezoneId: 'Asia/Kolkata',
    // Debian's chromium; nothing is downloaded.
    launchOptions: { executablePath: chromium, args },
  },
  projects: [
    {
      name: 'screens',
      testMatch: `${e2e}/screens/**/*.spec.ts`,
      // One tab for all tests, emptied between them: the console's files are fetched and compiled once.
      use: { baseURL: `http://127.0.0.1:${mockPort}`, reuseContext: true, launchOptions: { executablePath: shell, args } },
    },
    { name: 'shots', testMatch: `${e2e}/shots/**/*.spec.ts`, use: { baseURL: `http://127.0.0.1:${mockPort}` } },
    {
      name: 'story',
      testMatch: `${e2e}/story/**/*.spec.ts`,
      use: { baseURL: story ?? 'http://localhost:8080', trace: 'retain-on-failure', actionTimeout: PATIENCE },
      expect: { timeout: PATIENCE },
      timeout: 300_000,
    },
  ],
  ...(story
    ? {}
    : {
        webServer: {
          command: 'node mock/server.ts',
          url: `http://127.0.0.1:${mockPort}/api/console-config`,
          env: { RECADO_MOCK_PORT: String(mockPort) },
          reuseExistingServer: false,
        },
      }),
});
