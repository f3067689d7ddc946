import { expect, test } from '@playwright/test';
import en from '../../../lib/i18n/messages/en.json' with { type: 'json' };
import es from '../../../lib/i18n/messages/es.json' with { type: 'json' };
import { ORIGIN, type Reply, sendRequest } from '../../support/http.ts';
import { HttpApplicant } from '../../support/http-applicant.ts';
import { TestEnvironment } from '../../support/test-environment.ts';

test.describe.configure({ timeout: 120_000 });

const decodeText = (text: string) => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));

/** The form that a page of an outage gives back. */
const readFields = ({ body }: Reply) =>
  [...body.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(
    ([, name = '', value = '']) => [decodeText(name), decodeText(value)] as const,
  );

test('without script, a database that accepts no writes, or none at all, is a page that keeps the form', async () => {
  const environment = await TestEnvironment.create('postgres');
  const setReadOnly = async (isReadOnly: boolean) => {
    await environment.query(`alter system set default_transaction_read_only = ${isReadOnly}`);
    await environment.query('select pg_reload_conf()');
    await environment.query(`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'app'`);
  };
  try {
    const { port } = await environment.startServer();
    const person = new HttpApplicant();
    await person.fill(port);
    const getStatus = async (path: string) => (await sendRequest(port, path)).status;
    await expect.poll(() => getStatus('/readyz')).toBe(200);

    await setReadOnly(true);
    await expect.poll(() => getStatus('/readyz')).toBe(503);
    expect(await getStatus('/healthz')).toBe(200);
    // The readiness probe stays green: the instance's own page is better than none.
    expect(await getStatus('/readyz?exclude=database')).toBe(200);
    const keptReply = await person.post(port, 'address', [
      ['address1', 'Calle "Nueva" 7'],
      ['zipCode', '03800'],
      ['city', 'San Pedro'],
      ['state', 'Ciudad de México'],
      ['countryCode', 'MX'],
    ]);
    expect(keptReply).toMatchObject({ status: 503, retryAfter: '5' });
    expect(keptReply.body).toContain(en.outage.kept);
    expect(keptReply.body).toContain('value="Calle &#34;Nueva&#34; 7"');
    expect((await person.submit(port)).status).toBe(503);

    await setReadOnly(false);
    await expect.poll(() => getStatus('/readyz')).toBe(200);
    const form = readFields(keptReply);
    const secondReply = await sendRequest(port, '/en/onboarding/address', {
      cookie: person.cookie,
      form,
      origin: ORIGIN,
    });
    expect(secondReply).toMatchObject({ status: 303, location: '/en/onboarding/review' });

    await environment.stopPostgres();
    const goneReply = await sendRequest(port, '/es/onboarding/review', { cookie: person.cookie });
    expect(goneReply).toMatchObject({ status: 503, retryAfter: '5' });
    expect(goneReply.body).toContain('<html lang="es">');
    expect(goneReply.body).toContain(es.outage.text);
    const postReply = await sendRequest(port, '/en/continue', { cookie: person.cookie, form: [['code', 'ABCD-2345']] });
    expect(postReply.body).not.toContain('ABCD');
    expect(await getStatus('/healthz')).toBe(200);
  } finally {
    await environment.stop();
  }
});
