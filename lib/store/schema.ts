export * from './schema/audit.ts';
export * from './schema/console.ts';
export * from './schema/drafts.ts';
export * from './schema/limits.ts';
export * from './schema/operations.ts';
export * from './schema/partner-links.ts';
export * from './schema/statistics.ts';
export * from './schema/submissions.ts';
