/** Runs once before the first request: a server with a bad environment or a taken data folder must not answer. */
export async function register(): Promise<void> {
  if (process.env['NEXT_RUNTIME'] === 'nodejs') await (await import('./lib/config/boot.ts')).boot();
}
