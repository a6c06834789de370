/** Checks code against what the device interpreter can run. It changes no code. */
import { type AnyNode, parse, type Token } from 'acorn';
import { checkMember } from './builtins.ts';
import type { Finding, RuleId } from './finding.ts';
import { checkNames, checkSuperChains } from './order.ts';
import { checkSyntax } from './syntax.ts';
import { isSpelling, walk } from './walk.ts';

/** Everything in `code` (JavaScript, types already stripped) that the device interpreter cannot run as Node does. */
export function checkDialect(code: string, sourceType: 'module' | 'script'): Finding[] {
  const tokens: Token[] = [];
  let program: AnyNode;
  try {
    program = parse(code, { ecmaVersion: 2024, sourceType, locations: true, onToken: tokens });
  } catch (error) {
    return [{ rule: 'not-javascript', line: 1, column: 0, what: String(error) }];
  }
  const findings: Finding[] = [...checkReturns(code, tokens), ...checkAscii(code)];
  const report = (node: AnyNode, rule: RuleId): void => {
    const place = node.loc?.start ?? { line: 1, column: 0 };
    findings.push({
      rule,
      line: place.line,
      column: place.column,
      what: excerpt(code, node.start, node.end),
    });
  };
  walk(program, (node, parents) => {
    const parent = parents.at(-1);
    if (node.type === 'MemberExpression') for (const rule of checkMember(node, parent)) report(node, rule);
    if (node.type === 'Identifier' && isSpelling(node, parent)) return;
    for (const rule of checkSyntax(node, parents)) report(node, rule);
  });
  for (const hit of [...checkNames(program), ...checkSuperChains(program)]) report(hit.node, hit.rule);
  return findings.sort((a, b) => a.line - b.line || a.column - b.column);
}

function excerpt(code: string, start: number, end: number): string {
  const text = code.slice(start, end).replace(/\s+/g, ' ');
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** A bare `return` at the end of a line: the interpreter goes on to the next line for its value. */
function checkReturns(code: string, tokens: readonly Token[]): Finding[] {
  return tokens.flatMap((token, i) => {
    const next = tokens[i + 1];
    if (token.type.keyword !== 'return' || next === undefined || !token.loc || /^[;}]$/.test(next.type.label))
      return [];
    if (!code.slice(token.end, next.start).includes('\n')) return [];
    return [{ rule: 'return-newline', ...token.loc.start, what: excerpt(code, token.start, next.end) }];
  });
}

/** Characters beyond 7 bits, wherever they stand. */
export function checkAscii(code: string): Finding[] {
  return code.split('\n').flatMap((text, i) => {
    const column = [...text].findIndex((c) => c.charCodeAt(0) > 126 || (c < ' ' && c !== '\t' && c !== '\r'));
    if (column < 0) return [];
    return [{ rule: 'non-ascii' as const, line: i + 1, column, what: excerpt(text, column, column + 1) }];
  });
}
