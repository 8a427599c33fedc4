/** Finds what a configuration names in a specification: initial predicate, next-state relation, properties, constraints. */
import type { ConfigName, ModelConfig } from '../config/config.js';
import type { DefinitionSymbol, ResolvedExpression, ResolvedSpec, ResolvedSymbol } from '../names/resolved.js';
import type { Named, NamedPart, Selection } from './program-text.js';
import { type TemporalPart, temporalParts, uncheckable, unfold } from './temporal.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Overrides } from './overrides.js';
import { errorAt } from '../diagnostics/sink.js';
import { unknownName } from './overrides.js';

/** A selection without errors, or errors. */
export interface SelectResult {
  readonly selection: Selection | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** @param sometimes names of predicates that should be reached, beside what the configuration names */
export const select = (
  spec: ResolvedSpec,
  config: ModelConfig,
  overrides: Overrides,
  sometimes: readonly string[],
): SelectResult => {
  const selector = new Selector(spec, config, overrides);
  const selection = selector.select(sometimes);
  return selector.errors.length > 0 || selection === undefined
    ? { selection: undefined, diagnostics: selector.errors }
    : { selection, diagnostics: selector.warnings };
};

class Selector {
  readonly errors: Diagnostic[] = [];
  readonly warnings: Diagnostic[] = [];

  constructor(
    private readonly spec: ResolvedSpec,
    private readonly config: ModelConfig,
    private readonly overrides: Overrides,
  ) {}

  select(sometimes: readonly string[]): Selection | undefined {
    const { config, spec } = this;
    const behaviour = this.behaviour();
    const properties = config.properties.map((name) => this.property(name));
    const selection = {
      variables: spec.variables,
      invariants: [
        ...config.invariants.flatMap((name) => this.predicate(name, 1)),
        ...properties.flatMap((p) => p.always),
      ],
      initialProperties: properties.flatMap((p) => p.initial),
      stepProperties: properties.flatMap((p) => p.steps),
      temporal: properties.flatMap((p) => p.temporal),
      sometimes: sometimes.flatMap((text) => this.sometimes(text)),
      constraints: config.constraints.flatMap((name) => this.predicate(name, 1)),
      stepConstraints: config.actionConstraints.flatMap((name) => this.predicate(name, 2)),
      view: this.value(config.view),
      symmetry: this.value(config.symmetry),
      alias: this.value(config.alias),
      postconditions: config.postconditions.flatMap((name) => this.predicate(name, 1)),
      assumptions: spec.assumptions
        .filter(({ axiom }) => !axiom)
        .map(({ name, body }) => ({ name: name ?? 'ASSUME', expression: body })),
    };
    if (selection.temporal.length > 0 && config.symmetry !== undefined) {
      this.errors.push(
        errorAt('TLA3013', config.symmetry.span, 'SYMMETRY cannot be used with temporal properties', {
          notes: selection.temporal.slice(0, 1).map(({ name, expression: { span } }) => ({
            message: `\`${name}\` is a property of whole behaviours; states that count as one need not go on alike`,
            span,
          })),
          help: 'check the temporal properties with a configuration without SYMMETRY',
        }),
      );
    }
    return behaviour === undefined ? undefined : { ...selection, ...behaviour };
  }

  private definition(name: ConfigName): DefinitionSymbol | undefined {
    const { scope } = this.spec.root;
    const symbol = scope.get(name.text);
    const definition = symbol && this.overrides.definitionOf(symbol);
    if (definition !== undefined) {
      if (definition.parameters.length === 0) return definition;
      this.errors.push(errorAt('TLA3004', name.span, `\`${name.text}\` takes arguments: it cannot stand here alone`));
    } else if (symbol === undefined) {
      this.errors.push(unknownName(name, scope));
    } else {
      this.errors.push(errorAt('TLA3004', name.span, `\`${name.text}\` is not a definition`));
    }
    return undefined;
  }

  private predicate(name: ConfigName, most: 1 | 2): readonly Named[] {
    const definition = this.definition(name);
    if (definition === undefined) return [];
    if (definition.level > most) {
      const expected = most === 1 ? 'a predicate of one state' : 'a predicate of a step';
      this.errors.push(errorAt('TLA3005', name.span, `\`${name.text}\` is not ${expected}`));
    }
    return [{ name: name.text, expression: definition.body }];
  }

  private sometimes(text: string): readonly Named[] {
    const symbol = this.spec.root.scope.get(text);
    const span = { ...this.spec.root.syntax.name.span };
    return this.predicate({ text, span: symbol?.kind === 'definition' ? symbol.nameSpan : span }, 1);
  }

  private value(name: ConfigName | undefined): ResolvedExpression | undefined {
    return name === undefined ? undefined : this.definition(name)?.body;
  }

  private behaviour(): Pick<Selection, 'init' | 'next' | 'fairness'> | undefined {
    const { specification, init, next, file } = this.config;
    const other = init ?? next;
    if (specification !== undefined && other !== undefined) {
      const notes = [{ message: 'the behaviours are named here', span: specification.span }];
      this.errors.push(
        errorAt('TLA3006', other.span, 'INIT and NEXT do not go together with SPECIFICATION', { notes }),
      );
      return undefined;
    }
    if (specification !== undefined) return this.specification(specification);
    if (other === undefined) {
      const [variable] = this.spec.variables;
      if (variable === undefined) return { init: undefined, next: undefined, fairness: [] };
      const help = `add \`SPECIFICATION Spec\`, or INIT and NEXT, to ${file}`;
      const message = 'the module has variables, but the configuration names no behaviours';
      this.errors.push(errorAt('TLA3006', variable.span, message, { help }));
      return undefined;
    }
    const [first, step] = [init, next].map((name) => name && this.predicate(name, 2)[0]);
    if (first === undefined || step === undefined) {
      const span = init?.span ?? next?.span;
      if (this.errors.length === 0) this.errors.push(errorAt('TLA3006', span, 'INIT and NEXT belong together'));
      return undefined;
    }
    return { init: first, next: step, fairness: [] };
  }

  private specification(name: ConfigName): Pick<Selection, 'init' | 'next' | 'fairness'> | undefined {
    const definition = this.definition(name);
    if (definition === undefined) return undefined;
    const parts = temporalParts(definition.body, this.overrides.definitionOf);
    const [first] = parts.initial;
    const [step] = parts.steps;
    if (first === undefined || step === undefined || parts.steps.length > 1 || parts.always.length > 0) {
      this.errors.push(errorAt('TLA3007', name.span, `\`${name.text}\` is not of the form Init /\\ [][Next]_vars`));
      return undefined;
    }
    const init: ResolvedExpression =
      parts.initial.length === 1
        ? first
        : { kind: 'junction', operator: '/\\', span: definition.span, level: 1, items: parts.initial };
    return {
      init: { name: nameOf(first) ?? 'Init', expression: init },
      next: { name: nameOf(step.action) ?? 'Next', expression: step.action },
      fairness: parts.rest.filter((part) => this.checkable(part, name)),
    };
  }

  private property(
    name: ConfigName,
  ): Record<'initial' | 'always' | 'steps', Named[]> & { readonly temporal: NamedPart[] } {
    const definition = this.definition(name);
    const named = (expression: ResolvedExpression): Named => ({ name: name.text, expression });
    if (definition === undefined) return { initial: [], always: [], steps: [], temporal: [] };
    const { initial, always, steps, rest } = temporalParts(definition.body, this.overrides.definitionOf);
    const temporal = rest.filter((part) => this.checkable(part, name));
    return {
      initial: initial.map(named),
      always: always.map(named),
      steps: steps.map(named),
      temporal: temporal.map((part) => ({ name: name.text, ...part })),
    };
  }

  private checkable({ expression }: TemporalPart, { text, span }: ConfigName): boolean {
    const obstacle = uncheckable(expression, this.overrides.definitionOf);
    if (obstacle === undefined) return true;
    this.errors.push(
      errorAt('TLA3011', span, `\`${text}\` has a part that cannot be checked`, {
        notes: [
          { message: 'temporal formulas are made of [], <>, ~>, WF, SF, \\A and \\E over sets', span: obstacle.span },
        ],
      }),
    );
    return false;
  }
}

const nameOf = (e: ResolvedExpression): string | undefined =>
  e.kind === 'apply' && e.operator.kind === 'definition' ? e.operator.name : undefined;

/** The conjuncts of a predicate, seen through names without arguments. */
export const conjunctsOf = (
  e: ResolvedExpression,
  definitionOf: (symbol: ResolvedSymbol) => DefinitionSymbol | undefined,
): readonly ResolvedExpression[] => {
  const plain = unfold(e, definitionOf);
  if (plain.kind !== 'junction' || (plain.operator !== '/\\' && plain.items.length > 1)) return [e];
  return plain.items.flatMap((item) => conjunctsOf(item, definitionOf));
};
