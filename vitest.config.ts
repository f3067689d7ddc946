import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    alias: {
      '@': fileURLToPath(new URL('.', import.meta.url)),
      // The marker throws outside of the framework's bundler; here there is no browser to keep anything from.
      'server-only': fileURLToPath(new URL('./node_modules/server-only/empty.js', import.meta.url)),
    },
  },
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules', '.next'],
    globalSetup: './e2e/support/unit-setup.ts',
    testTimeout: 30_000, // a bound, not a wait: a busy machine must not fail what works
    hookTimeout: 60_000, // the embedded databases of several files are made at once
    expect: { poll: { timeout: 20_000 } },
    maxWorkers: '100%', // by itself one processor stays free, of two
    reporters: ['default', ['json', { outputFile: 'test-results/unit.json' }]],
  },
});
