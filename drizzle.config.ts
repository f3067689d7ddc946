import { defineConfig } from 'drizzle-kit';

// Only for `npm run migration`, which writes SQL from the schema. The server applies the committed files to the embedded database,
// and `npm run migrate` to Postgres.
export default defineConfig({ dialect: 'postgresql', schema: './lib/store/schema.ts', out: './lib/store/migrations' });
