import { basename } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

// The console is served from the same origin as the API; in development the API is reached through this proxy.
const api = `http://127.0.0.1:${process.env.RECADO_HTTP_PORT ?? '8080'}`;

/** The desk of `index.html` is painted as soon as the styles are there: nothing stands in the queue before them. */
const stylesFirst: Plugin = {
  name: 'styles-first',
  transformIndexHtml: {
    order: 'post',
    handler: (html) => {
      const sheet = /\s*<link rel="stylesheet"[^>]*>/.exec(html)?.[0];
      return sheet ? html.replace(sheet, '').replace('<script src="/scheme.js">', `${sheet.trim()}\n    <script src="/scheme.js">`) : html;
    },
  },
};

/** In development, as in production, every address of the booking page is one file. */
const bookingPage: Plugin = {
  name: 'booking-page',
  configureServer: (server) => {
    server.middlewares.use((request, _response, next) => {
      if (request.url?.startsWith('/reservar/')) request.url = '/reservar.html';
      next();
    });
  },
};

export default defineConfig({
  plugins: [react(), stylesFirst, bookingPage],
  css: {
    modules: {
      // `Status-label`: found again from the browser's inspector, and it packs better than a hash. A test keeps the files' names apart.
      generateScopedName: (name, file) => `${basename(file).replace(/\.module\.css.*$/, '')}-${name}`,
    },
  },
  build: {
    target: 'es2023',
    // Browsers of that year know it; the polyfill would be a file that both entries wait for.
    modulePreload: { polyfill: false },
    // The content security policy allows no data: fonts or images, so nothing is inlined.
    assetsInlineLimit: 0,
    sourcemap: false,
    rolldownOptions: {
      // The booking page is an entry of its own: patients load nothing of the console.
      input: ['index.html', 'reservar.html'],
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'library',
              test: /node_modules\/(react|react-dom|scheduler|@tanstack|i18next|react-i18next|oidc-client-ts)\//,
              priority: 2,
            },
            // All that the first screen needs in one file, not in forty that wait for each other on a slow connection.
            { name: 'entry', test: /\/src\/main\.tsx$/, priority: 1 },
          ],
        },
      },
    },
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { '/api': api } },
});
