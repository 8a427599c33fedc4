/**
 * Changes of a specification that TLC and `tla2ts check` should both notice, or neither: an invariant negated, a conjunct of
 * an action dropped. They are found in the syntax trees of the modules and made at their positions in the text, so that
 * everything else stays where it is.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig, parseModule } from '../../packages/tla2ts/dist/index.js';

const groupBy = (list, keyOf) => {
  const groups = new Map();
  for (const item of list) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
};

/** The modules of a folder that a root module reaches: file, text and tree of each. */
const modulesFrom = (folder, root) => {
  const found = new Map();
  const waiting = [root];
  while (waiting.length > 0) {
    const name = waiting.pop();
    const file = `${name}.tla`;
    if (found.has(name) || !existsSync(join(folder, file))) continue;
    const text = readFileSync(join(folder, file), 'utf8');
    const { module } = parseModule(file, text);
    if (module === undefined) continue;
    found.set(name, { file, text, tree: module });
    for (const node of nodes(module)) {
      if (node.kind === 'module') waiting.push(...node.extends.map((extended) => extended.text));
      else if (node.module?.text !== undefined) waiting.push(node.module.text);
      else if (node.instance !== undefined) waiting.push(node.instance.module.text);
    }
  }
  return [...found.values()];
};

/** A node of a syntax tree and all below it. */
function* nodes(tree) {
  if (typeof tree !== 'object' || tree === null) return;
  if (Array.isArray(tree)) {
    for (const item of tree) yield* nodes(item);
    return;
  }
  if (tree.span !== undefined) yield tree;
  for (const [key, value] of Object.entries(tree)) if (key !== 'span') yield* nodes(value);
}

/** The names of operators in a tree, those behind `I!` too. */
function* namesIn(tree) {
  for (const node of nodes(tree)) {
    if (node.kind === 'identifier') yield node.name;
    else if (node.kind === 'selection') for (const step of node.steps) if (step.kind === 'name') yield step.name;
  }
}

const isPrimed = (tree) => [...namesIn(tree)].some((name) => name === "'" || name === 'UNCHANGED');

const isTemporal = (tree) =>
  [...nodes(tree)].some(({ kind }) => kind === 'box' || kind === 'angle' || kind === 'fairness');

/** All mutations of a model without temporal properties that has an invariant, by kind; undefined for others. A mutation: `kind`, `file`, `text` (the whole file), `what` (for people). */
export const mutationsOf = (folder, root, configText) => {
  const { config } = parseConfig('model.cfg', configText);
  if (config.invariants.length === 0 || config.properties.length > 0) return undefined;
  const modules = modulesFrom(folder, root);
  const definitions = modules.flatMap((module) =>
    [...nodes(module.tree)]
      .filter(({ kind }) => kind === 'operatorDefinition')
      .map((definition) => ({ ...module, definition, name: definition.name.text })),
  );
  const actions = actionsFrom(definitions, (config.specification ?? config.next)?.text);
  const invariants = new Set(config.invariants.map(({ text }) => text));
  const negated = definitions
    .filter(({ name, definition }) => invariants.has(name) && definition.parameters.length === 0)
    .map(negation);
  const dropped = actions.reachable
    .filter(({ definition }) => !isTemporal(definition.body))
    .flatMap((place) => [...drops(place, actions.names)]);
  const sound = [...negated, ...dropped].filter(
    ({ file, text }) => !parseModule(file, text).diagnostics.some(({ severity }) => severity === 'error'),
  );
  return groupBy(sound, ({ kind }) => kind);
};

/** The definitions that a behaviour's steps come from, and the names of those that say something of the next state. */
const actionsFrom = (definitions, start) => {
  const byName = groupBy(definitions, ({ name }) => name);
  const reachable = new Set();
  const waiting = [start];
  while (waiting.length > 0) {
    for (const place of byName.get(waiting.pop()) ?? []) {
      if (reachable.has(place)) continue;
      reachable.add(place);
      waiting.push(...namesIn(place.definition.body));
    }
  }
  const names = new Set();
  for (let before = -1; before < names.size;) {
    before = names.size;
    for (const { name, definition } of reachable) {
      if (isPrimed(definition.body) || [...namesIn(definition.body)].some((used) => names.has(used))) names.add(name);
    }
  }
  return { reachable: [...reachable], names };
};

/** The body moves to a line of its own, in its columns: lists by column stay what they are. */
const negation = ({ file, text, definition, name }) => {
  const { offset, endOffset } = definition.body.span;
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).replace(/[^\t]/g, ' ');
  const body = text.slice(offset, endOffset);
  return {
    kind: 'negation',
    file,
    text: `${text.slice(0, offset)}~(\n${before}${body})${text.slice(endOffset)}`,
    what: `${name} negated`,
  };
};

/** Every conjunct of a definition, each replaced by TRUE, where another conjunct or itself says something of the next state. */
function* drops({ file, text, definition, name }, actions) {
  const acts = (tree) => isPrimed(tree) || [...namesIn(tree)].some((used) => actions.has(used));
  for (const node of nodes(definition.body)) {
    const items = conjuncts(node);
    if (items.length < 2 || !items.some(acts)) continue;
    for (const item of items) {
      const { offset, endOffset, line } = item.span;
      const dropped = text.slice(offset, endOffset);
      yield {
        kind: acts(item) ? (constrains(item) ? 'strengthening' : 'assignment') : 'guard',
        file,
        text: `${text.slice(0, offset)}${'TRUE'.padEnd(dropped.includes('\n') ? 0 : dropped.length)}${text.slice(endOffset)}`,
        what: `${name} (line ${line}) without ${shortened(dropped)}`,
      };
    }
  }
}

const conjuncts = (node) => {
  if (node.kind === 'junction' && node.operator === '/\\') return node.items;
  if (node.kind === 'apply' && node.fixity === 'infix' && node.operator.name === '/\\') return node.args;
  return [];
};

/** Says something of a variable's next value, but not what it is. */
const constrains = ({ kind, operator }) =>
  kind === 'apply' && ['#', '/=', '<', '>', '<=', '>=', '\\subseteq', '\\notin', '=>', '~'].includes(operator.name);

const shortened = (text) => {
  const line = text
    .replace(/\\\*.*/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length <= 60 ? line : `${line.slice(0, 57)}...`;
};
