import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The console is served from the same origin as the API; in development the API is reached through this proxy.
const api = `http://127.0.0.1:${process.env.RECADO_HTTP_PORT ?? '8080'}`;

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2023',
    // The content security policy allows no data: fonts or images, so nothing is inlined.
    assetsInlineLimit: 0,
    sourcemap: false,
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { '/api': api } },
});
