import type { Page } from '@playwright/test';
import { runOf } from '../run.ts';
import { words } from './journey-page.ts';

/** Signs in at the sandbox's identity provider as one of its agents. */
export async function signIn(page: Page, who: string): Promise<void> {
  await page.goto('/en/assist');
  await page.getByRole('button', { name: words.en.assist.signIn.action }).click();
  await page.waitForURL(`${runOf().origins['idp']}/**`);
  await page.locator(`a[href$="as=${who}"]`).click();
}

/** Begins a customer by phone from the worklist, or comes to the case that the shop has open for it. */
export async function beginCase(page: Page, phone: string): Promise<void> {
  await page.getByLabel(words.en.assist.phone).fill(phone);
  await page.getByRole('button', { name: words.en.form.continue }).click();
}
