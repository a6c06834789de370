/** Dialect rules about names: order of definition, captured loop variables, globals. */
import type { AnyNode } from 'acorn';
import { checkGlobal } from './builtins.ts';
import type { RuleId } from './finding.ts';
import { runner, type Use, usesOf, within } from './scopes.ts';
import { walk } from './walk.ts';

export interface Hit {
  node: AnyNode;
  rule: RuleId;
}

/** Rules that need to know which declaration a name means: order of definition, captured loop variables, globals. */
export function checkNames(program: AnyNode): Hit[] {
  return usesOf(program).flatMap((use) => checkUse(use).map((rule) => ({ node: use.node, rule })));
}

function checkUse(use: Use): RuleId[] {
  const { node, scope, binding } = use;
  if (binding === undefined) return checkGlobal(node.name);
  const sameRun = runner(scope) === runner(binding.block);
  if (binding.loopHead && !sameRun) return ['loop-capture'];
  if (!sameRun || binding.kind === 'param' || binding.kind === 'import') return [];
  if (node.start < binding.from) return ['use-before-define'];
  return binding.kind === 'var' && !within(scope, binding.block) ? ['var-outside-block'] : [];
}

/**
 * `super.m()` in a chain of three classes recurses for ever, because `super` there means the instance's class:
 * so a class with `super.m()` must neither extend a derived class nor be extended.
 */
export function checkSuperChains(program: AnyNode): Hit[] {
  const baseOf = new Map<string, string>();
  const supers: { name: string; node: AnyNode }[] = [];
  walk(program, (node, parents) => {
    const holder = parents.findLast((p) => p.type === 'ClassDeclaration' || p.type === 'ClassExpression');
    if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') {
      if (node.superClass?.type === 'Identifier')
        baseOf.set(className(node, parents.at(-1)), node.superClass.name);
    }
    if (node.type === 'MemberExpression' && node.object.type === 'Super' && holder !== undefined) {
      supers.push({ name: className(holder, parents[parents.indexOf(holder) - 1]), node });
    }
  });
  const bases = new Set(baseOf.values());
  return supers
    .filter(({ name }) => bases.has(name) || baseOf.has(baseOf.get(name) ?? ''))
    .map(({ node }) => ({ node, rule: 'super-chain' }));
}

function className(node: AnyNode, parent: AnyNode | undefined): string {
  if ('id' in node && node.id?.type === 'Identifier') return node.id.name;
  return parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id.name : '';
}
