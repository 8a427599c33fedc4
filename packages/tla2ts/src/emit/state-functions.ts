/** Functions that yield states: those that an action leads to, the initial ones, and all steps from a state with the names of their actions. */
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { DefinitionSymbol, ResolvedExpression, ResolvedSpec } from '../names/resolved.js';
import type { Behaviours } from './behaviours.js';
import { contextArguments } from './context.js';
import { Untranslatable } from './errors.js';
import type { ExpressionWriter } from './expression.js';
import { docComment, functionText } from './layout/declarations.js';
import { freeName, NEXT, type Scope, withName } from './scope.js';
import { type Label, StepWriter } from './steps.js';

/** What the module around decides. */
export interface StateSurroundings {
  readonly spec: ResolvedSpec;
  readonly writer: ExpressionWriter;
  readonly scope: Scope;
  /** Text of the name of an action's function, which the file imports if it is another's. */
  readonly reference: (definition: DefinitionSymbol) => string;
  /** The name where it is defined. */
  readonly nameOf: (definition: DefinitionSymbol) => string;
  readonly isEmitted: (definition: DefinitionSymbol) => boolean;
  /** Where the definition stands. */
  readonly place: (definition: DefinitionSymbol) => string;
  /** Type parameters of a function, whose text this is. */
  readonly generics: (definition: DefinitionSymbol, text: string) => string;
  /** Parameters for the constants (if there are any) and for the state. */
  readonly parameters: (definition: DefinitionSymbol | undefined) => readonly string[];
  /** Writes text that may not be used: what the file imports stays as it was. */
  readonly aside: <T>(write: () => T) => T;
}

/** See the head of the file. */
export class StateFunctions {
  readonly #solvable = new Map<DefinitionSymbol, boolean>();

  constructor(readonly around: StateSurroundings) {}

  /** Whether an action says what all variables become, so that there is a function for the states that it leads to. */
  has(definition: DefinitionSymbol): boolean {
    const known = this.#solvable.get(definition);
    if (known !== undefined) return known;
    this.#solvable.set(definition, false);
    const solvable = this.#isAction(definition) && this.#succeeds(() => this.#action(definition));
    this.#solvable.set(definition, solvable);
    return solvable;
  }

  #isAction(definition: DefinitionSymbol): boolean {
    const { recursive, parameters, level } = definition;
    if (recursive || level > 2 || parameters.some(({ arity }) => arity > 0)) return false;
    return this.around.isEmitted(definition) && this.#assigns(definition);
  }

  #assigns(definition: DefinitionSymbol): boolean {
    return this.around.writer.around.dependences.ofDefinition(definition).next.size > 0;
  }

  #succeeds(write: () => unknown): boolean {
    try {
      this.around.aside(write);
      return true;
    } catch (error) {
      if (error instanceof Untranslatable) return false;
      throw error;
    }
  }

  /** Text of the function of an action. */
  of(definition: DefinitionSymbol): string {
    const name = `${this.around.nameOf(definition)}_states`;
    const doc = `The states that ${definition.name} leads to.`;
    return `${docComment(doc, this.around.place(definition))}${this.#action(definition, name)}`;
  }

  #action(definition: DefinitionSymbol, name = ''): string {
    const { writer, parameters, scope: outer, generics } = this.around;
    const { texts, scope } = writer.parameters(definition.parameters, outer, []);
    const all = [...parameters(definition), ...texts];
    const statements = writer.withValues(definition.parameters, () =>
      new StepWriter(writer, {
        variables: this.around.spec.variables,
        mode: 'next',
        result: () => this.#generator('State'),
        call: (action, args, at) => (this.has(action) ? `yield* ${this.#called(action, args, at)};\n` : undefined),
        yielded: (state) => `yield ${state};\n`,
      }).statements(definition.body, scope),
    );
    const head = `export function* ${name}${generics(definition, [...all, statements].join(' '))}`;
    return functionText(head, all, this.#generator('State'), statements);
  }

  #generator(name: 'State' | 'Step'): string {
    return `Generator<${this.around.writer.around.interfaceName(name)}>`;
  }

  #called(action: DefinitionSymbol, args: readonly string[], scope: Scope): string {
    const { writer, reference } = this.around;
    const { constants } = writer.around.dependences.ofDefinition(action);
    const context = contextArguments(
      writer,
      { constants, state: new Set(this.around.spec.variables), next: new Set() },
      scope,
      action.span,
    );
    return `${reference(action)}(${[...context, ...args].join(', ')})`;
  }

  /** Text of a test whether an action has a step, which has to be such that `test` of the state after it is true. */
  enabled(e: ResolvedExpression, scope: Scope): string {
    const { writer } = this.around;
    const action = e.kind === 'angle' ? e.action : e;
    if (action.kind === 'apply' && action.operator.kind === 'definition' && this.has(action.operator)) {
      const args = action.args.map((arg) => writer.operator(arg, scope, []));
      const states = this.#called(action.operator, args, scope);
      if (e.kind !== 'angle') return `rt.some(${states}, () => true)`;
      const after = freeName('after', scope);
      const inner = { ...withName(scope, after), next: { whole: after, own: new Map() } };
      return `rt.some(${states}, (${after}) => !${writer.unchanged(e.subscript, inner)})`;
    }
    throw new Untranslatable(
      'TLA2011',
      e.span,
      'ENABLED of something else than an action that gives all variables their values has no translation',
    );
  }

  /** `initialStates` and `nextStates`, and what is lacking. */
  behaviours({ init, next }: Behaviours): {
    readonly texts: readonly string[];
    readonly warnings: readonly Diagnostic[];
  } {
    const warnings: Diagnostic[] = [];
    const texts: string[] = [];
    const add = (name: string, write: () => string): void => {
      try {
        this.around.aside(write);
      } catch (error) {
        if (!(error instanceof Untranslatable)) throw error;
        warnings.push({
          ...error.diagnostic,
          severity: 'warning',
          message: `\`${name}\` is left out: ${error.message}`,
        });
        return;
      }
      texts.push(write());
    };
    add('initialStates', () => this.#initial(init));
    add('nextStates', () => this.#steps(next));
    return { texts, warnings };
  }

  #initial(e: ResolvedExpression): string {
    const { writer, scope, parameters, spec } = this.around;
    const statements = new StepWriter(writer, {
      variables: spec.variables,
      mode: 'initial',
      result: () => this.#generator('State'),
      call: () => undefined,
      yielded: (state) => `yield ${state};\n`,
    }).statements(e, scope);
    const own = parameters(undefined).slice(0, -1);
    const comment = docComment('The initial states. One that is found in several ways comes several times.', undefined);
    return `${comment}${functionText('export function* initialStates', own, this.#generator('State'), statements)}`;
  }

  #steps(e: ResolvedExpression): string {
    const { writer, scope, parameters, spec } = this.around;
    const stepText = (state: string, label: Label): string => {
      const { action, args } = label;
      return `yield { action: ${JSON.stringify(action)}, args: [${args.join(', ')}], state: ${state} };\n`;
    };
    const statements = new StepWriter(writer, {
      variables: spec.variables,
      mode: 'next',
      result: () => this.#generator('Step'),
      call: (action, args, at) => {
        if (this.#isChoice(action.body) || !this.has(action)) return undefined;
        const states = this.#called(action, args, at);
        return `for (const ${NEXT} of ${states}) {\n${stepText(NEXT, { action: action.name, args })}}\n`;
      },
      yielded: (state, label) => stepText(state, label ?? { action: 'Next', args: [] }),
    }).statements(e, scope);
    const doc =
      'The steps from a state, with the actions that make them. A state that is found in several ways comes several times.';
    const text = functionText(
      'export function* nextStates',
      parameters(undefined),
      this.#generator('Step'),
      statements,
    );
    return `${docComment(doc, undefined)}${text}`;
  }

  /** Whether an action is one of others: these name its steps. */
  #isChoice(e: ResolvedExpression): boolean {
    const isNamed = (part: ResolvedExpression): boolean =>
      this.#isChoice(part) ||
      (part.kind === 'apply' && part.operator.kind === 'definition' && this.#assigns(part.operator));
    if (e.kind === 'junction') return (e.operator === '\\/' || e.items.length === 1) && e.items.some(isNamed);
    if (e.kind === 'quantifier') return e.quantifier === '\\E' && isNamed(e.body);
    return e.kind === 'let' && isNamed(e.body);
  }
}
