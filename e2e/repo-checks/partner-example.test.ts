import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('docs/partners.md prints the example that a browser test runs', () => {
  const example = readFileSync('e2e/partner-examples/link.mjs', 'utf8');
  expect(readFileSync('docs/partners.md', 'utf8')).toContain(`\`\`\`js\n${example}\`\`\`\n`);
});
