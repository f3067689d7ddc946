import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    alias: {
      '@': fileURLToPath(new URL('.', import.meta.url)),
      // The package throws outside of the framework's bundler.
      'server-only': fileURLToPath(new URL('./node_modules/server-only/empty.js', import.meta.url)),
    },
  },
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules', '.next'],
    globalSetup: './e2e/support/unit-setup.ts',
    testTimeout: 30_000, // a busy machine must not fail a correct test
    hookTimeout: 60_000, // several files create their embedded databases at once
    expect: { poll: { timeout: 20_000 } },
    maxWorkers: '100%', // Vitest's default leaves one of two processors free
    reporters: ['default', ['json', { outputFile: 'test-results/unit.json' }]],
  },
});
