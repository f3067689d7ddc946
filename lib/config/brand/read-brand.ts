import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type * as z from 'zod/mini';
import { flatten, placeholdersOf } from '../../i18n/flatten.ts';
import en from '../../i18n/messages/en.json' with { type: 'json' };
import { brandSchema } from './brand-schema.ts';
import { completeAccent, contrastProblems, isRole } from './contrast.ts';
import { DEFAULT_THEME, type Palette, SCHEMES, type Theme } from './theme.ts';

type Given = z.output<typeof brandSchema>;
export type Brand = Omit<Given, 'colors' | 'logo'> & {
  theme: Theme;
  logo: { bytes: Buffer; type: 'image/svg+xml; charset=utf-8' | 'image/png' } | undefined;
};

/** A logo larger than this would weigh more than the page. */
const MAX_LOGO = 65_536;
type Path = readonly (string | number)[];
type Problem = { path: Path; text: string };

/**
 * Reads a brand file.
 *
 * @throws with every problem in one message, each with its line: what cannot be read, is missing, unknown or illegible
 */
export function readBrand(file: string): Brand {
  const source = readFileSync(file, 'utf8');
  const errors: ParseError[] = [];
  const tree = parseTree(source, errors, { disallowComments: true });
  const lineAt = (offset: number) => source.slice(0, offset).split('\n').length;
  const lineOf = (path: Path) => lineAt(nodeAt(tree, path)?.offset ?? 0);
  const [broken] = errors;
  if (broken) throw new Error(`line ${lineAt(broken.offset)}: ${printParseErrorCode(broken.error)}`);

  const parsed = brandSchema.safeParse(JSON.parse(source));
  const problems = parsed.success
    ? [...wordProblems(parsed.data), ...colorProblems(parsed.data), ...logoProblems(parsed.data, file)]
    : parsed.error.issues.flatMap(toProblems);
  if (problems.length > 0 || !parsed.success) {
    throw new Error(problems.map(({ path, text }) => `line ${lineOf(path)}: ${path.join('.')} ${text}`).join('; '));
  }
  const { logo, colors: _colors, ...rest } = parsed.data;
  return { ...rest, theme: themeOf(parsed.data), logo: logo ? readLogo(join(dirname(file), logo)) : undefined };
}

/** The node at a path, or the nearest one above it: what is missing has no line of its own. */
function nodeAt(tree: Node | undefined, path: Path): Node | undefined {
  if (!tree) return undefined;
  for (let length = path.length; length > 0; length -= 1) {
    const found = findNodeAtLocation(tree, path.slice(0, length));
    if (found) return found.parent?.type === 'property' ? found.parent : found;
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

function wordProblems({ words }: Given): Problem[] {
  const ours = flatten(en);
  return (['en', 'es'] as const).flatMap((lang) =>
    Object.entries(words?.[lang] ?? {}).flatMap(([key, text]): Problem[] => {
      const path = ['words', lang, key];
      const original = ours.get(key);
      if (original === undefined) return [{ path, text: 'is not a text of ours' }];
      const [wanted, found] = [placeholdersOf(original).join(), placeholdersOf(text).join()];
      return wanted === found ? [] : [{ path, text: `needs the placeholders ${wanted || 'of none'}` }];
    }),
  );
}

const palettesOf = ({ colors }: Given) =>
  SCHEMES.map((scheme) => {
    const given = (colors?.[scheme] ?? {}) as Partial<Palette>;
    return { scheme, given, palette: { ...DEFAULT_THEME[scheme], ...completeAccent(given) } };
  });

function themeOf(given: Given): Theme {
  return Object.fromEntries(palettesOf(given).map(({ scheme, palette }) => [scheme, palette])) as Theme;
}

function colorProblems(brand: Given): Problem[] {
  return palettesOf(brand).flatMap(({ scheme, given, palette }) => {
    const chosen = new Set(Object.keys(given).filter(isRole));
    return contrastProblems(palette, chosen).map(({ role, text }) => ({ path: ['colors', scheme, role], text }));
  });
}

function logoProblems({ logo }: Given, file: string): Problem[] {
  const size = logo ? statSync(join(dirname(file), logo), { throwIfNoEntry: false })?.size : 0;
  if (size === undefined) return [{ path: ['logo'], text: 'is not there' }];
  return size > MAX_LOGO ? [{ path: ['logo'], text: `is larger than ${MAX_LOGO / 1_024} kB` }] : [];
}

function readLogo(file: string): Brand['logo'] {
  return { bytes: readFileSync(file), type: file.endsWith('.svg') ? 'image/svg+xml; charset=utf-8' : 'image/png' };
}
