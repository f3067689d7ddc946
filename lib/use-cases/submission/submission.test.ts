import { inject } from 'vitest';
import { openTestPostgres } from '../../store/test-database.ts';
import { testSubmissionOn } from './test-submission.ts';

testSubmissionOn('Postgres', () => openTestPostgres(inject('postgresUrl')));
