import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openPglite } from '../../store/embedded-database.ts';
import { testSubmissionOn } from './test-submission.ts';

const folder = mkdtempSync(join(tmpdir(), 'front-door-submission-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

testSubmissionOn('PGlite', () => openPglite(folder));
