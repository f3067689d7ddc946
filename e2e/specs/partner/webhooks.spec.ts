import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { Webhook } from 'standardwebhooks';
import { startHttpServer } from '../../support/http-server.ts';
import { JourneyPage, messages } from '../../support/pages/journey-page.ts';
import { startStack } from '../../support/stack.ts';

type Event = { type: string; data: { application: string; continueUrl?: string } };

/** Starts a partner's server that verifies events with the official library. */
async function startReceiver(folder: string) {
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const events: Event[] = [];
  const { server, origin } = await startHttpServer(async (request, response) => {
    const body = await text(request);
    events.push(new Webhook(secret).verify(body, request.headers as Record<string, string>) as Event);
    response.writeHead(204).end();
  });
  const file = join(folder, 'webhooks.json');
  writeFileSync(file, JSON.stringify({ endpoints: [{ name: 'crm', url: `${origin}/events`, secrets: [secret] }] }));
  const waitForEvent = async (type: string): Promise<Event> => {
    await expect.poll(() => events.map((event) => event.type), { timeout: 30_000 }).toContain(type);
    return events.findLast((event) => event.type === type) as Event;
  };
  return { events, waitForEvent, env: { WEBHOOKS_FILE: file, WEBHOOK_STALLED_MS: '2000' }, server };
}

async function openPhone(browser: Browser, baseURL: string): Promise<Page> {
  const context = await browser.newContext({ baseURL, locale: 'es-MX', viewport: { width: 360, height: 740 } });
  return context.newPage();
}

async function enterDate(page: Page, day: string): Promise<void> {
  const { day: dayLabel, month, year } = messages.es.steps.identity;
  await page.getByLabel(dayLabel).fill(day);
  await page.getByLabel(month).fill('6');
  await page.getByLabel(year).fill('1987');
  await page.getByRole('button', { name: messages.es.partner.resume.action }).click();
}

test('a customer who left continues by the link of a verified event on another phone, once', {
  tag: '@all',
}, async ({ browser }) => {
  const folder = mkdtempSync(join(tmpdir(), 'front-door-webhooks-'));
  const { events, waitForEvent, env, server } = await startReceiver(folder);
  const stack = await startStack({ ports: 'free', env: { DATA_DIR: join(folder, 'data'), ...env } });
  const { app } = stack.origins;
  const title = messages.es.partner.resume.title;

  const firstPage = await openPhone(browser, app);
  const journey = new JourneyPage(firstPage);
  await journey.start('es');
  const person = { firstName: 'Ana', lastName: 'Garcia', birth: ['24', '6', '1987'], phone: '55 2120 6706' } as const;
  await journey.fillIdentity({ ...person, birth: [...person.birth] });
  await journey.continue();
  await journey.expectTitle(messages.es.steps.address.title);
  const { data } = await waitForEvent('application.stalled');
  expect(data.continueUrl).toMatch(new RegExp(`^${app}/resume#[\\w-]{43}$`));

  const page = await openPhone(browser, app);
  await page.goto(data.continueUrl ?? '');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
  await expect(page.locator('body')).not.toContainText('Ana');
  expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations).toEqual([]);
  await enterDate(page, '25');
  await expect(page.getByRole('alert')).toHaveText(messages.es.partner.resume.wrong);
  await expect(page.getByLabel(messages.es.steps.identity.day)).toHaveValue('25');
  expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations).toEqual([]);
  await page.screenshot({ path: test.info().outputPath('resume.png') });
  await enterDate(page, '24');
  await expect(page).toHaveURL(`${app}/es/onboarding/address`);

  const strangerPage = await openPhone(browser, app);
  await strangerPage.goto(data.continueUrl ?? '');
  await expect(strangerPage.getByRole('heading', { level: 1 })).toHaveText(messages.es.partner.resume.gone.title);

  const applications = events.map((event) => [event.type, event.data.application]);
  expect(applications.slice(0, 2)).toEqual([
    ['application.started', data.application],
    ['application.stalled', data.application],
  ]);
  await stack.stop();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});
