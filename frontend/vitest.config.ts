import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    pool: 'threads',
    maxWorkers: 1,
    // The tests own the clock and the zone: they must not depend on where they run.
    env: { TZ: 'Asia/Kolkata' },
  },
});
