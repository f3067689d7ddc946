import type { PostalArea } from '../domain/address/postal-area.ts';

/** First word of the compact file, with the version of its form. */
const FORM = 'postal-codes-1';

export type PostalTable = {
  /** ISO 8601, UTC. */
  importedAt: string;
  codeCount: number;
  settlementCount: number;
  find(code: string): PostalArea | undefined;
};

/** Writes the compact form: a header, and one line per code with state, municipality and settlements. */
export function formatPostalTable(areas: readonly PostalArea[], importedAt: string): string {
  const settlementCount = areas.reduce((sum, { settlements }) => sum + settlements.length, 0);
  const lines = areas.map(({ code, state, municipality, settlements }) =>
    [code, state, municipality, ...settlements].join('|'),
  );
  return `${[[FORM, importedAt, areas.length, settlementCount].join('|'), ...lines].join('\n')}\n`;
}

/** Reads the compact form. @returns undefined for another form, or when lines are missing */
export function parsePostalTable(text: string): PostalTable | undefined {
  const [header = '', ...lines] = text.trimEnd().split('\n');
  const [form, importedAt = '', codeCount = '', settlementCount = ''] = header.split('|');
  if (form !== FORM || lines.length !== Number(codeCount)) return undefined;
  // A line stays one string until its code is looked up: 32,000 arrays would take five times the memory.
  const linesByCode = new Map(lines.map((line) => [line.slice(0, 5), line]));
  return {
    importedAt,
    codeCount: lines.length,
    settlementCount: Number(settlementCount),
    find(code) {
      const [, state = '', municipality = '', ...settlements] = linesByCode.get(code)?.split('|') ?? [];
      return state ? { code, state, municipality, settlements } : undefined;
    },
  };
}
