import type { FrameLocator, Page } from '@playwright/test';

/** Fills in a field by its name: types a text, or chooses the option with this value or label. */
export async function fillField(page: Page | FrameLocator, name: string, text: string): Promise<void> {
  const field = page.locator(`[name="${name}"]`);
  const isList = await field.evaluate((element) => element instanceof HTMLSelectElement);
  await (isList ? field.selectOption(text) : field.fill(text));
}

/** Fills in several fields, in this order. */
export async function fillFields(page: Page | FrameLocator, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(fields)) await fillField(page, name, text);
}
