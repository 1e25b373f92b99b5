import { defineConfig } from '@hey-api/openapi-ts';

export default defineConfig({
  input: '../../docs/api/openapi.json',
  logs: { file: false, level: 'warn' },
  output: {
    path: 'src/generated',
    // Node runs these files as they are, and so wants the names that they have.
    module: { extension: '.ts' },
  },
  plugins: [
    // A refusal is thrown, so that nobody forgets to look for one; src/problems.ts makes an Error of it.
    { name: '@hey-api/client-fetch', throwOnError: true },
    '@hey-api/typescript',
    '@hey-api/sdk',
  ],
});
