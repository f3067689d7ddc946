import { relative } from 'node:path';
import ts from 'typescript';

const TEXT = ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike | ts.TypeFlags.BigIntLike;

/** Props that a component renders: the parent supplies their texts. */
const isReactNode = (type: ts.Type) => type.isUnion() && type.types.some((part) => part.symbol?.name === 'ReactPortal');

/** True when it may render a text; of a list, one of its items. */
function isText(type: ts.Type | undefined, checker: ts.TypeChecker): boolean {
  if (!type || isReactNode(type)) return false;
  if (type.isUnion()) return type.types.some((part) => isText(part, checker));
  if (checker.isArrayType(type))
    return checker.getTypeArguments(type as ts.TypeReference).some((part) => isText(part, checker));
  return (type.flags & TEXT) !== 0;
}

const isList = (type: ts.Type | undefined, checker: ts.TypeChecker): boolean =>
  type !== undefined && (type.isUnion() ? type.types : [type]).some((part) => checker.isArrayType(part));

/** The children that draw something, or may. */
const getChildren = ({ children }: ts.JsxElement | ts.JsxFragment) =>
  children.filter((child) =>
    ts.isJsxText(child) ? !child.containsOnlyTriviaWhiteSpaces : !ts.isJsxExpression(child) || child.expression,
  );

/**
 * Finds texts of a page that are not alone in an element: beside another child, or in a fragment.
 *
 * @param program of files whose types can be read
 * @param files whose texts are looked at
 * @returns `<path>:<line> <source>` of each
 */
export function findMixedTexts(program: ts.Program, files: readonly string[]): string[] {
  const checker = program.getTypeChecker();
  const findings: string[] = [];
  for (const file of files) {
    const source = program.getSourceFile(file);
    if (!source) throw new Error(`Not in the program: ${file}`);
    const visit = (node: ts.Node): void => {
      if (ts.isJsxElement(node) || ts.isJsxFragment(node)) {
        const children = getChildren(node);
        const getType = (child: ts.JsxChild) =>
          ts.isJsxExpression(child) && child.expression ? checker.getTypeAtLocation(child.expression) : undefined;
        const [onlyChild] = children;
        // A list counts as several children.
        const isAlone =
          ts.isJsxElement(node) && children.length === 1 && onlyChild && !isList(getType(onlyChild), checker);
        const texts = children.filter((child) => ts.isJsxText(child) || isText(getType(child), checker));
        for (const text of isAlone ? [] : texts) {
          const { line } = source.getLineAndCharacterOfPosition(text.getStart());
          findings.push(`${relative('.', file)}:${line + 1} ${text.getText().trim()}`);
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return findings;
}
