import { expect, test } from '@playwright/test';
import en from '../../../lib/i18n/messages/en.json' with { type: 'json' };
import es from '../../../lib/i18n/messages/es.json' with { type: 'json' };
import { ask, ORIGIN, type Reply } from '../../support/http.ts';
import { Applicant } from '../../support/http-applicant.ts';
import { World } from '../../support/test-environment.ts';

test.describe.configure({ timeout: 120_000 });

const decodeText = (text: string) => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));

/** The form that a page of an outage gives back. */
const readFields = ({ body }: Reply) =>
  [...body.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(
    ([, name = '', value = '']) => [decodeText(name), decodeText(value)] as const,
  );

test('without script, a database that accepts no writes, or none at all, is a page that keeps the form', async () => {
  const world = await World.create('postgres');
  const setReadOnly = async (isReadOnly: boolean) => {
    await world.query(`alter system set default_transaction_read_only = ${isReadOnly}`);
    await world.query('select pg_reload_conf()');
    await world.query(`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'app'`);
  };
  try {
    const { port } = await world.start();
    const person = new Applicant();
    await person.fill(port);
    const statusOf = async (path: string) => (await ask(port, path)).status;
    await expect.poll(() => statusOf('/readyz')).toBe(200);

    await setReadOnly(true);
    await expect.poll(() => statusOf('/readyz')).toBe(503);
    expect(await statusOf('/healthz')).toBe(200);
    // What a balancer asks: the instance's own page is better than none.
    expect(await statusOf('/readyz?exclude=database')).toBe(200);
    const kept = await person.post(port, 'address', [
      ['address1', 'Calle "Nueva" 7'],
      ['zipCode', '03800'],
      ['city', 'San Pedro'],
      ['state', 'Ciudad de México'],
      ['countryCode', 'MX'],
    ]);
    expect(kept).toMatchObject({ status: 503, retryAfter: '5' });
    expect(kept.body).toContain(en.outage.kept);
    expect(kept.body).toContain('value="Calle &#34;Nueva&#34; 7"');
    expect((await person.submit(port)).status).toBe(503);

    await setReadOnly(false);
    await expect.poll(() => statusOf('/readyz')).toBe(200);
    const form = readFields(kept);
    const again = await ask(port, '/en/onboarding/address', { cookie: person.cookie, form, origin: ORIGIN });
    expect(again).toMatchObject({ status: 303, location: '/en/onboarding/review' });

    await world.stopPostgres();
    const gone = await ask(port, '/es/onboarding/review', { cookie: person.cookie });
    expect(gone).toMatchObject({ status: 503, retryAfter: '5' });
    expect(gone.body).toContain('<html lang="es">');
    expect(gone.body).toContain(es.outage.text);
    const posted = await ask(port, '/en/continue', { cookie: person.cookie, form: [['code', 'ABCD-2345']] });
    expect(posted.body).not.toContain('ABCD');
    expect(await statusOf('/healthz')).toBe(200);
  } finally {
    await world.end();
  }
});
