import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type * as z from 'zod/mini';
import { listPlaceholders, toFlatMessages } from '../../i18n/message-tree.ts';
import en from '../../i18n/messages/en.json' with { type: 'json' };
import { brandSchema } from './brand-schema.ts';
import { completeAccent, findContrastProblems, isColorRole } from './contrast.ts';
import { DEFAULT_THEME, type Palette, SCHEMES, type Theme } from './theme.ts';

type BrandFile = z.output<typeof brandSchema>;
export type Brand = Omit<BrandFile, 'colors' | 'logo'> & {
  theme: Theme;
  logo: { bytes: Buffer; type: 'image/svg+xml; charset=utf-8' | 'image/png' } | undefined;
};

const MAX_LOGO_BYTES = 65_536;
type Path = readonly (string | number)[];
type Problem = { path: Path; text: string };

/**
 * Reads and checks a brand file.
 *
 * @throws with all problems in one message, each with its line
 */
export function readBrand(file: string): Brand {
  const source = readFileSync(file, 'utf8');
  const errors: ParseError[] = [];
  const tree = parseTree(source, errors, { disallowComments: true });
  const getLineAt = (offset: number) => source.slice(0, offset).split('\n').length;
  const findLine = (path: Path) => getLineAt(findNode(tree, path)?.offset ?? 0);
  const [syntaxError] = errors;
  if (syntaxError) throw new Error(`line ${getLineAt(syntaxError.offset)}: ${printParseErrorCode(syntaxError.error)}`);

  const parsed = brandSchema.safeParse(JSON.parse(source));
  const problems = parsed.success
    ? [
        ...findWordProblems(parsed.data),
        ...findColorProblems(parsed.data),
        ...findLogoProblems(parsed.data, file),
        ...findWalletProblems(parsed.data),
      ]
    : parsed.error.issues.flatMap(toProblems);
  if (problems.length > 0 || !parsed.success) {
    throw new Error(problems.map(({ path, text }) => `line ${findLine(path)}: ${path.join('.')} ${text}`).join('; '));
  }
  const { logo, colors: _colors, ...rest } = parsed.data;
  return { ...rest, theme: buildTheme(parsed.data), logo: logo ? readLogo(join(dirname(file), logo)) : undefined };
}

/** The wallet has its place on the page that reads documents, since many browsers have no wallet. */
const findWalletProblems = ({ walletId, documents }: BrandFile): Problem[] =>
  walletId && documents.length === 0 ? [{ path: ['walletId'], text: 'needs an entry in documents' }] : [];

/** Returns the node at a path, or its nearest parent: a missing entry has no line. */
function findNode(tree: Node | undefined, path: Path): Node | undefined {
  if (!tree) return undefined;
  for (let length = path.length; length > 0; length -= 1) {
    const node = findNodeAtLocation(tree, path.slice(0, length));
    if (node) return node.parent?.type === 'property' ? node.parent : node;
  }
  return tree;
}

function toProblems(issue: z.core.$ZodIssue): Problem[] {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...path, key], text: 'is not known' }));
  const isMissing = issue.code === 'invalid_type' && issue.input === undefined;
  const text = isMissing ? 'is missing' : issue.message === 'Invalid input' ? 'is not valid' : issue.message;
  return [{ path, text }];
}

function findWordProblems({ words }: BrandFile): Problem[] {
  const messages = toFlatMessages(en);
  return (['en', 'es'] as const).flatMap((lang) =>
    Object.entries(words?.[lang] ?? {}).flatMap(([key, text]): Problem[] => {
      const path = ['words', lang, key];
      const original = messages.get(key);
      if (original === undefined) return [{ path, text: 'is not a text of ours' }];
      const [expectedPlaceholders, placeholders] = [listPlaceholders(original).join(), listPlaceholders(text).join()];
      return expectedPlaceholders === placeholders
        ? []
        : [{ path, text: `needs the placeholders ${expectedPlaceholders || 'of none'}` }];
    }),
  );
}

const buildPalettes = ({ colors }: BrandFile) =>
  SCHEMES.map((scheme) => {
    const partnerColors = (colors?.[scheme] ?? {}) as Partial<Palette>;
    return { scheme, partnerColors, palette: { ...DEFAULT_THEME[scheme], ...completeAccent(partnerColors) } };
  });

function buildTheme(brandFile: BrandFile): Theme {
  return Object.fromEntries(buildPalettes(brandFile).map(({ scheme, palette }) => [scheme, palette])) as Theme;
}

function findColorProblems(brand: BrandFile): Problem[] {
  return buildPalettes(brand).flatMap(({ scheme, partnerColors, palette }) => {
    const partnerRoles = new Set(Object.keys(partnerColors).filter(isColorRole));
    return findContrastProblems(palette, partnerRoles).map(({ role, text }) => ({
      path: ['colors', scheme, role],
      text,
    }));
  });
}

function findLogoProblems({ logo }: BrandFile, file: string): Problem[] {
  const size = logo ? statSync(join(dirname(file), logo), { throwIfNoEntry: false })?.size : 0;
  if (size === undefined) return [{ path: ['logo'], text: 'is not there' }];
  return size > MAX_LOGO_BYTES ? [{ path: ['logo'], text: `is larger than ${MAX_LOGO_BYTES / 1_024} kB` }] : [];
}

function readLogo(file: string): Brand['logo'] {
  return { bytes: readFileSync(file), type: file.endsWith('.svg') ? 'image/svg+xml; charset=utf-8' : 'image/png' };
}
