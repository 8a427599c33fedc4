/**
 * TypeScript modules from a specification: one file per TLA+ module, one exported function per operator, one file with
 * the types of its records. The output depends on nothing but the specification.
 */
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { children } from '../analysis/children.js';
import { type Late, lateParameters } from '../analysis/late.js';
import { usedOnce } from '../analysis/once.js';
import { Dependences, givenOf } from '../analysis/dependence.js';
import { expanded } from '../analysis/expand.js';
import { isTotal } from '../analysis/total.js';
import type {
  ConstantSymbol,
  DefinitionSymbol,
  ResolvedArgument,
  ResolvedExpression,
  ResolvedSpec,
  VariableSymbol,
} from '../names/resolved.js';
import { isSignature, type Signature, Types } from '../types/infer.js';
import { resolve, type Type, typeText } from '../types/type.js';
import { checkStatements } from './checks.js';
import { type BehaviourNames, type Behaviours, behavioursOf } from './behaviours.js';
import { Copies, COPIES } from './copies.js';
import { Equality, EQUALITY } from './equality.js';
import { homesOf, namesOf, usedDefinitions } from './homes.js';
import { ExpressionWriter, type InterfaceName } from './expression.js';
import { interfaceNames, interfaceTexts } from './interfaces.js';
import { LeftOut } from './left-out.js';
import { docComment, functionText, importText, valueText } from './layout/declarations.js';
import { recursiveFunction } from './lets.js';
import { identifier } from './names.js';
import { CONSTANTS, moduleScope, NEXT, type Scope, STATE } from './scope.js';
import { sharingOf } from './shared.js';
import { StateFunctions } from './state-functions.js';
import { bodyStatements } from './statements.js';
import { Subject } from './subject.js';
import { TypePrinter } from './type-text.js';
import { untypedWarnings } from './untyped.js';

/** A file of the output. */
export interface EmittedFile {
  /** "Vma.ts". */
  readonly name: string;
  readonly text: string;
}

/** What to emit. */
export interface EmitOptions {
  /**
   * Modules whose operators are properties: each also gets `<Name>_check`, and the file a list of them all and, where they are about the same things, a
   * function that evaluates them all at once.
   */
  readonly properties?: readonly string[];
  /** Which definitions describe the behaviours; default: those of `Spec`, or `Init` and `Next`. */
  readonly behaviours?: BehaviourNames;
  /** Names of definitions that are invariants: the file of the root module gets a list of them. */
  readonly invariants?: readonly string[];
  /** How the source of a module is named in comments: "specs/Vma.tla". */
  readonly sourceName?: (module: string) => string;
}

export interface EmitResult {
  readonly files: readonly EmittedFile[];
  /** What was left out, and why. */
  readonly warnings: readonly Diagnostic[];
}

/** Compiles all operators of a specification that say something of values, states and steps; formulas about behaviours are left to the checker. */
export function emitTypeScript(spec: ResolvedSpec, options: EmitOptions = {}): EmitResult {
  const emitter = new ModuleEmitter(expanded(spec), options);
  return { files: emitter.files(), warnings: emitter.warnings() };
}

class ModuleEmitter {
  readonly #types: Types;
  readonly #late: Late;
  readonly #printer: TypePrinter;
  readonly #writer: ExpressionWriter;
  readonly #source: (module: string) => string;
  /** Modules whose functions the module at hand uses, and which. */
  #imports = new Map<string, Set<string>>();
  #module = '';
  /** What is emitted, and in the file of which module. */
  readonly #homes: Map<DefinitionSymbol, string>;
  readonly #names: ReadonlyMap<DefinitionSymbol, string>;
  readonly #dependences: Dependences;
  readonly #leftOut = new LeftOut();
  readonly #equality: Equality;
  readonly #copies: Copies;
  readonly #states: StateFunctions;
  readonly #behaviours: Behaviours | undefined;
  #behaviourWarnings: readonly Diagnostic[] = [];
  readonly #tested = new Map<DefinitionSymbol, boolean>();
  /** No local hides a function. */
  readonly #scope: Scope;

  constructor(
    readonly spec: ResolvedSpec,
    readonly options: EmitOptions,
  ) {
    const own = interfaceNames(spec);
    this.#behaviours = behavioursOf(spec, options.behaviours);
    this.#types = Types.of(spec, own, this.#behaviours?.init);
    this.#dependences = new Dependences(spec);
    this.#homes = new Map(homesOf(spec));
    const context = own.size === 0 ? [] : [CONSTANTS, STATE, NEXT];
    this.#names = namesOf(this.#homes, context);
    this.#late = lateParameters([...this.#homes.keys()]);
    this.#printer = new TypePrinter(this.#types.shapes);
    const records = {
      named: (type: Type): string | undefined => {
        const known = resolve(type);
        return known.kind === 'record' ? this.#types.shapes.named(known) : undefined;
      },
      text: (type: Type): string => this.#printer.text(type),
    };
    const taken = new Set(this.#names.values());
    this.#equality = new Equality(records);
    this.#copies = new Copies({
      ...records,
      shape: (name) => this.#types.shapes.all().find((shape) => shape.name === name)?.type,
      isTaken: (name) => taken.has(name),
    });
    this.#source = options.sourceName ?? ((module) => `${module}.tla`);
    this.#scope = moduleScope([...this.#names.values(), ...context]);
    this.#writer = new ExpressionWriter({
      types: this.#types,
      late: this.#late,
      once: usedOnce([...this.#homes.keys()]),
      dependences: this.#dependences,
      definition: (definition, late) => this.#reference(definition, late),
      isValue: (definition) => this.#isConstant(definition),
      interfaceName: (name) => this.#interface(name),
      compared: (left, right, texts) => this.#compared(left, right, texts),
      copy: (type) => this.#copy(type),
      enabled: (e, scope) => this.#states.enabled(e, scope),
      annotate: (type) => `: ${this.#printer.text(type)}`,
      annotateOperator: (signature, late) => `: ${this.#parameter(signature, late)}`,
    });
    this.#states = new StateFunctions({
      spec,
      writer: this.#writer,
      scope: this.#scope,
      reference: (definition) => this.#imported(definition, `${this.#nameOf(definition)}_states`),
      nameOf: (definition) => this.#nameOf(definition),
      isEmitted: (definition) => this.#homes.has(definition),
      place: (definition) => this.#place(definition),
      generics: (definition, text) => {
        this.#printer.begin(this.#types.signature(definition) as Signature);
        return this.#printer.generics(text);
      },
      parameters: (definition) => this.#stateParameters(definition),
      aside: (write) => this.#aside(write),
    });
  }

  warnings(): readonly Diagnostic[] {
    return [...untypedWarnings(this.spec, this.#types), ...this.#leftOut.warnings(), ...this.#behaviourWarnings];
  }

  files(): readonly EmittedFile[] {
    this.#findLeftOut();
    const behaviours = this.#behaviours;
    const isRoot = behaviours !== undefined || this.options.invariants !== undefined;
    const homes = new Set([...this.#homes.values(), ...(isRoot ? [this.spec.root.name] : [])]);
    const modules = this.spec.modules.filter(({ name }) => homes.has(name));
    const files = modules.map(({ name }) => this.#file(name, name === this.spec.root.name ? behaviours : undefined));
    this.#printer.prefix = '';
    this.#printer.beginDeclarations();
    const interfaces = interfaceTexts(this.spec, this.#types, {
      value: (type) => this.#printer.text(type),
      parameter: (type) => this.#parameter(type),
      place: (symbol) => this.#place(symbol),
    });
    const types = this.#printer.declarations(this.#header('the specification'), interfaces);
    return [
      { name: 'types.ts', text: types },
      ...this.#recordFile(this.#fileName(EQUALITY), () => this.#equality.texts()),
      ...this.#recordFile(this.#fileName(COPIES), () => this.#copies.texts()),
      ...files,
    ];
  }

  /** A file of functions on records. */
  #recordFile(name: string, write: () => readonly string[]): readonly EmittedFile[] {
    this.#printer.used.clear();
    const texts = write();
    if (texts.length === 0) return [];
    const runtime = texts.some((text) => text.includes('rt.')) ? "import * as rt from 'tla2ts-runtime';\n" : '';
    const head = `${this.#header('the specification')}${runtime}${this.#typeImport([...this.#printer.used].sort())}`;
    return [{ name: `${name}.ts`, text: `${head}\n${texts.join('\n')}` }];
  }

  /** Writes everything to see what cannot be written, until nothing more is left out for the lack of something else. */
  #findLeftOut(): void {
    for (let before = -1; before !== this.#leftOut.size;) {
      before = this.#leftOut.size;
      for (const [definition, home] of this.#homes) {
        this.#module = home;
        if (!this.#leftOut.tried(definition, () => this.#definition(definition))) this.#homes.delete(definition);
      }
    }
  }

  /** Both sides have one type, or what is unknown of the one is known of the other. */
  #compared(left: Type, right: Type, [a, b]: readonly [string, string]): string | undefined {
    const [one, other] = [resolve(left), resolve(right)];
    const named = (type: Type): string | undefined =>
      type.kind === 'record' ? this.#types.shapes.named(type) : undefined;
    const same = typeText(one) === typeText(other) || (named(one) !== undefined && named(one) === named(other));
    if (!same) return undefined;
    return this.#equality.compared(one, a, b, (name) => this.#import(this.#fileName(EQUALITY), name));
  }

  #copy(type: Type): string | undefined {
    const name = this.#copies.functionFor(type);
    if (name !== undefined) this.#import(this.#fileName(COPIES), name);
    return name;
  }

  /** The name of a file that no module has, for file systems that take small letters for large ones. */
  #fileName(plain: string): string {
    return this.spec.modules.some(({ name }) => name.toLowerCase() === plain) ? `record-${plain}` : plain;
  }

  #import(file: string, name: string): void {
    this.#imports.set(file, (this.#imports.get(file) ?? new Set()).add(name));
  }

  #interface(name: InterfaceName): string {
    this.#printer.used.add(name);
    return `${this.#printer.prefix}${name}`;
  }

  /** The parameters that a definition has besides its own. */
  #context(definition: DefinitionSymbol): readonly string[] {
    const { constants, state, next } = this.#dependences.ofDefinition(definition);
    return [
      ...(constants ? [`${CONSTANTS}: ${this.#interface('Constants')}`] : []),
      ...(state.size > 0 ? [`${STATE}: ${this.#interface('State')}`] : []),
      ...(next.size > 0 ? [`${NEXT}: ${this.#interface('State')}`] : []),
    ];
  }

  /** The parameters of functions that yield states: the constants that a definition, or anything, depends on, and the state. */
  #stateParameters(definition: DefinitionSymbol | undefined): readonly string[] {
    const constants =
      definition === undefined ? givenOf(this.spec).length > 0 : this.#dependences.ofDefinition(definition).constants;
    return [
      ...(constants ? [`${CONSTANTS}: ${this.#interface('Constants')}`] : []),
      `${STATE}: ${this.#interface('State')}`,
    ];
  }

  #header(source: string): string {
    return `/* @generated by tla2ts from ${source}; do not edit */\n`;
  }

  #file(module: string, behaviours: Behaviours | undefined): EmittedFile {
    this.#module = module;
    this.#imports = new Map();
    this.#printer.used.clear();
    const definitions = [...this.#homes.keys()].filter((symbol) => this.#homes.get(symbol) === module);
    const isProperty = this.options.properties?.includes(module) === true;
    const shapes = new Set([...this.#types.shapes.all().map(({ name }) => name), ...interfaceNames(this.spec)]);
    const mentioned = definitions.flatMap((own) =>
      [own, ...usedDefinitions(own.body)].flatMap((one) => [one.name, this.#nameOf(one)]),
    );
    this.#printer.prefix = mentioned.some((name) => shapes.has(name)) ? 'types.' : '';
    const properties = isProperty ? definitions.filter(({ local }) => !local) : [];
    const subject = this.#subject(properties);
    const texts = definitions.flatMap((definition) => [
      this.#definition(definition),
      ...(properties.includes(definition) ? [this.#check(definition, subject)] : []),
      ...(this.#states.has(definition) ? [this.#states.of(definition)] : []),
    ]);
    if (module === this.spec.root.name) texts.push(...this.#invariants());
    if (behaviours !== undefined) {
      const found = this.#states.behaviours(behaviours);
      texts.push(...found.texts);
      this.#behaviourWarnings = found.warnings;
    }
    if (isProperty) {
      texts.push(this.#list(properties));
      if (subject !== undefined) texts.push(subject.text(), this.#evaluation(properties), subject.group());
    }
    const types = [...this.#printer.used].sort();
    const lines = [
      this.#header(this.#source(module)),
      ...(texts.some((text) => text.includes('rt.')) ? ["import * as rt from 'tla2ts-runtime';\n"] : []),
      ...[...this.#imports]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, used]) => importText([...used].sort(), `./${name}.js`)),
      ...(types.length > 0 ? [this.#typeImport(types)] : []),
    ];
    return { name: `${module}.ts`, text: `${lines.join('')}\n${texts.join('\n')}` };
  }

  #typeImport(types: readonly string[]): string {
    if (this.#printer.prefix !== '') return "import type * as types from './types.js';\n";
    return importText(types, './types.js', 'import type');
  }

  #reference(definition: DefinitionSymbol, late: boolean): string {
    this.#leftOut.demand(definition);
    const name = late ? this.#lateName(definition) : this.#nameOf(definition);
    return this.#imported(definition, name);
  }

  #imported(definition: DefinitionSymbol, name: string): string {
    const home = this.#homes.get(definition) ?? definition.module;
    if (home === this.#module) return name;
    const used = this.#imports.get(home) ?? new Set();
    // A file may have the name of another's function for one of its own.
    const isTaken = [...this.#homes].some(
      ([own, file]) => file === this.#module && this.#nameOf(own) === name.replace(/_late$/, ''),
    );
    const here = isTaken ? `${home}_${name}` : name;
    this.#imports.set(home, used.add(isTaken ? `${name} as ${here}` : name));
    return here;
  }

  #definition(definition: DefinitionSymbol): string {
    const comment = docComment(definition.doc, this.#place(definition));
    return definition.parameters.length === 0
      ? this.#constant(definition, comment)
      : this.#operator(definition, this.#nameOf(definition), definition.body, comment);
  }

  /** What the properties of a file are about; undefined: not all about the same. */
  #subject(properties: readonly DefinitionSymbol[]): Subject | undefined {
    if (properties.some((definition) => this.#context(definition).length > 0)) return undefined;
    const isBoolean = (e: ResolvedExpression): boolean => resolve(this.#types.of(e)).kind === 'boolean';
    const around = {
      writer: this.#writer,
      scope: this.#scope,
      signature: (definition: DefinitionSymbol) => this.#types.signature(definition) as Signature,
      parameter: (definition: DefinitionSymbol, type: Type | Signature) => {
        this.#printer.begin(this.#types.signature(definition) as Signature);
        return this.#parameter(type);
      },
    };
    return Subject.of(around, properties, sharingOf(properties, isBoolean));
  }

  /** Whether a property holds and whether it said anything, in one function. */
  #check(definition: DefinitionSymbol, subject: Subject | undefined): string {
    const name = `${this.#nameOf(definition)}_check`;
    const note = docComment(`${definition.name}: 1 it holds, -1 it does not, 0 it says nothing.`, undefined);
    const { parameters, body } = definition;
    if (subject === undefined) {
      return this.#declared(definition, name, note, false, 'rt.Verdict', (scope) =>
        this.#writer.withValues(parameters, () => checkStatements(this.#writer, body, scope)),
      );
    }
    this.#printer.begin(this.#types.signature(definition) as Signature);
    const { scope, on } = subject.scopeOf(definition);
    const given = { subject: on, uses: subject.sharing.uses, types: subject.typesIn(definition) };
    const statements = this.#writer.withShared(given, () =>
      this.#writer.withValues(parameters, () => checkStatements(this.#writer, body, scope)),
    );
    const all = `${subject.opening(statements, on)}${statements}`;
    return `${note}${functionText(`export function ${name}`, [`${on}: Subject`], 'rt.Verdict', all)}`;
  }

  /** All checks, one after the other. */
  #evaluation(properties: readonly DefinitionSymbol[]): string {
    const checks = properties.map(
      (definition, i) => `  first = rt.tally(${i}, ${this.#nameOf(definition)}_check(on), said, first);\n`,
    );
    const doc =
      'Evaluates every property of this module. `said`: by the number of a property in `properties`, how often it said something, which grows. ' +
      '@returns the number of the first that does not hold, -1 if all hold';
    const head = 'export function evaluate(on: Subject, said: number[] | Float64Array): number {\n';
    return `${docComment(doc, undefined)}${head}  let first = -1;\n${checks.join('')}  return first;\n}\n`;
  }

  #nameOf(definition: DefinitionSymbol): string {
    return this.#names.get(definition) ?? identifier(definition.name);
  }

  #lateName(definition: DefinitionSymbol): string {
    return `${this.#nameOf(definition)}_late`;
  }

  /** The place in the file that has the text: a module inside of another has none of its own. */
  #place(symbol: DefinitionSymbol | ConstantSymbol | VariableSymbol): string {
    const { file, line } = symbol.kind === 'definition' ? symbol.nameSpan : symbol.span;
    const module = this.spec.modules.find((one) => one.name === symbol.module || one.file === file);
    return `${this.#source(module?.name ?? symbol.module)}:${line}`;
  }

  /** A definition without parameters: its value, or a function that computes it when it is needed first. */
  #constant(definition: DefinitionSymbol, comment: string): string {
    const name = this.#nameOf(definition);
    const { result } = this.#types.signature(definition) as Signature;
    this.#printer.begin({ parameters: [], result });
    const type = this.#printer.text(result);
    if (this.#isConstant(definition)) {
      return `${comment}${valueText(`export const ${name}: ${type}`, this.#writer.value(definition.body, this.#scope))}`;
    }
    const isFunction = definition.isFunction && definition.recursive;
    const made = isFunction ? recursiveFunction(this.#writer, definition, name, this.#scope) : undefined;
    const context = this.#context(definition);
    const { state, next } = this.#dependences.ofDefinition(definition);
    if (state.size + next.size > 0) {
      const statements =
        made === undefined ? bodyStatements(this.#writer, definition.body, this.#scope) : `return ${made};`;
      return `${comment}${functionText(`export function ${name}`, context, type, statements)}`;
    }
    const value = made ?? this.#writer.body(definition.body, this.#scope, false);
    if (context.length === 0) {
      return `${comment}${valueText(`export const ${name}: () => ${type}`, `rt.lazy(() => ${value})`)}`;
    }
    const head = `export const ${name}: (${context.join(', ')}) => ${type}`;
    return `${comment}${valueText(head, `rt.remembered((${CONSTANTS}) => ${value})`)}`;
  }

  /** A definition without parameters whose value can be computed when the module is loaded; others are when they are used. */
  #isConstant(definition: DefinitionSymbol): boolean {
    const { parameters, recursive, body } = definition;
    if (parameters.length > 0 || recursive || !isTotal(body) || this.#tests(definition)) return false;
    const { constants, state, next } = this.#dependences.ofDefinition(definition);
    return !constants && state.size + next.size === 0;
  }

  /** Whether a definition's text, or that of one that it uses, tests values: such a test has a place to complain of. */
  #tests(definition: DefinitionSymbol): boolean {
    const found = this.#tested.get(definition);
    if (found !== undefined) return found;
    this.#tested.set(definition, false);
    const used = [...usedDefinitions(definition.body)];
    const tests = this.#hasTest(definition) || used.some((other) => this.#tests(other));
    this.#tested.set(definition, tests);
    return tests;
  }

  /** Writes text whose imports do not stay. */
  #aside<T>(write: () => T): T {
    const imports = this.#imports;
    const used = new Set(this.#printer.used);
    this.#imports = new Map();
    try {
      return write();
    } finally {
      this.#imports = imports;
      this.#printer.used.clear();
      for (const name of used) this.#printer.used.add(name);
    }
  }

  /** Writes the definition to see; nothing of it stays. */
  #hasTest(definition: DefinitionSymbol): boolean {
    const { parameters, body } = definition;
    const { scope } = this.#writer.parameters(parameters, this.#scope, []);
    const text = this.#aside(() => this.#writer.value(body, scope));
    // Sums may get too large for a number.
    return /"[^"\\]*\.tla:\d+:\d+"|rt\.(add|subtract|multiply)\(/.test(text);
  }

  /** Where some calls have arguments that may have no value, there is a second function for those, which takes functions. */
  #operator(definition: DefinitionSymbol, name: string, body: ResolvedExpression, comment: string): string {
    const late = this.#late.of(definition);
    const own = this.#function(definition, name, body, comment, false);
    if (!late.includes(true)) return own;
    const which = definition.parameters.filter((_, i) => late[i]).map((parameter) => parameter.name);
    const note = docComment(`${definition.name}, where ${which.join(', ')} is computed if it is needed.`, undefined);
    return `${own}\n${this.#function(definition, this.#lateName(definition), body, note, true)}`;
  }

  #function(
    definition: DefinitionSymbol,
    name: string,
    body: ResolvedExpression,
    comment: string,
    isLate: boolean,
  ): string {
    const loops = !isLate && callsItselfLast(definition, body);
    return this.#declared(definition, name, comment, isLate, undefined, (scope, names) => {
      const loop = loops ? { definition, parameters: names, goesRound: false } : undefined;
      const write = (): string => bodyStatements(this.#writer, body, scope, false, loop);
      const statements = isLate ? write() : this.#writer.withValues(definition.parameters, write);
      return loop?.goesRound === true ? `for (;;) { ${statements}}` : statements;
    });
  }

  #declared(
    definition: DefinitionSymbol,
    name: string,
    comment: string,
    isLate: boolean,
    /** Text of the type of the result, if it is not the operator's. */
    resultType: string | undefined,
    body: (scope: Scope, names: readonly string[]) => string,
  ): string {
    const signature = this.#types.signature(definition) as Signature;
    this.#printer.begin(signature);
    const late = isLate ? this.#late.of(definition) : [];
    const { names, texts, scope } = this.#writer.parameters(definition.parameters, this.#scope, late);
    const result = resultType ?? this.#printer.text(signature.result);
    const all = [...this.#context(definition), ...texts];
    const statements = body(scope, names);
    const head = `export function ${name}${this.#printer.generics([...all, result, statements].join(' '))}`;
    return `${comment}${functionText(head, all, result, statements)}`;
  }

  #parameter(type: Type | Signature, late: readonly boolean[] = []): string {
    if (!isSignature(type)) return this.#printer.text(type);
    const parameters = type.parameters.map((parameter, i) => {
      const text = this.#parameter(parameter);
      return `a${i}: ${late[i] === true ? `() => ${text}` : text}`;
    });
    return `(${parameters.join(', ')}) => ${this.#printer.text(type.result)}`;
  }

  /** The list of the invariants, all called in the same way. */
  #invariants(): readonly string[] {
    if (this.options.invariants === undefined || this.spec.variables.length === 0) return [];
    const hasConstants = givenOf(this.spec).length > 0;
    const entries = this.options.invariants.flatMap((name) => {
      const definition = this.spec.root.scope.get(name);
      if (definition?.kind !== 'definition' || !this.#homes.has(definition)) return [];
      const { constants, state } = this.#dependences.ofDefinition(definition);
      const args = [...(constants ? [CONSTANTS] : []), ...(state.size > 0 ? [STATE] : [])];
      const reference = this.#reference(definition, false);
      const call = this.#isConstant(definition) ? reference : `${reference}(${args.join(', ')})`;
      const { result } = this.#types.signature(definition) as Signature;
      const { body } = definition;
      const isTest = resolve(result).kind === 'boolean';
      const holds = isTest ? call : `rt.bool(${call}, ${this.#writer.where(body)})`;
      const own = [CONSTANTS, STATE].map((one) => (args.includes(one) ? one : `_${one}`));
      const head = `(${hasConstants ? `${own[0]}: ${this.#interface('Constants')}, ` : ''}${own[1]}: ${this.#interface('State')})`;
      const text = JSON.stringify;
      return [`{ name: ${text(name)}, source: ${text(this.#place(definition))}, holds: ${head}: boolean => ${holds} }`];
    });
    const list = valueText('export const invariants', `[${entries.join(', ')}]`);
    return [`/** The invariants that the configuration names. */\n${list.replace(/;\n$/, ' as const;\n')}`];
  }

  /** The list of a module's properties. */
  #list(definitions: readonly DefinitionSymbol[]): string {
    const entries = definitions.map((definition) => {
      const name = this.#nameOf(definition);
      const doc = (definition.doc ?? '').trim().replace(/\s+/g, ' ');
      const text = JSON.stringify;
      return `{ name: ${text(definition.name)}, doc: ${pieces(doc)
        .map((piece) => text(piece))
        .join(' + ')}, source: ${text(this.#place(definition))}, holds: ${name}, check: ${name}_check }`;
    });
    const list = valueText('export const properties', `[${entries.join(', ')}]`);
    return `/** Every property of this module. */\n${list.replace(/;\n$/, ' as const;\n')}`;
  }
}

/** A text in pieces that fit on a line. */
function pieces(text: string): readonly string[] {
  const cut = text.length <= PIECE ? -1 : text.lastIndexOf(' ', PIECE - 1);
  return cut <= 0 ? [text] : [text.slice(0, cut + 1), ...pieces(text.slice(cut + 1))];
}

const PIECE = 95;

/** Whether the operators among the arguments are the parameters themselves: others may use parameters that change in a loop. */
function keepsOperators({ parameters }: DefinitionSymbol, args: readonly ResolvedArgument[]): boolean {
  return args.every((arg, i) => {
    if (arg.kind === 'lambda') return false;
    return arg.kind !== 'operator' || (arg.operator === parameters[i] && arg.leading.length === 0);
  });
}

/** Whether every call of itself is the last thing that a definition does, so that it can be a loop. */
function callsItselfLast(definition: DefinitionSymbol, body: ResolvedExpression): boolean {
  if (!definition.recursive || definition.isFunction) return false;
  const last = (e: ResolvedExpression): number => {
    if (e.kind === 'if') return last(e.then) + last(e.else);
    if (e.kind === 'case') {
      return [...e.arms.map(({ value }) => value), ...(e.other ? [e.other] : [])].reduce(
        (sum, one) => sum + last(one),
        0,
      );
    }
    if (e.kind === 'let') return last(e.body);
    return e.kind === 'apply' && e.operator === definition && keepsOperators(definition, e.args) ? 1 : 0;
  };
  const all = (e: ResolvedArgument): number => {
    const own = (e.kind === 'apply' || e.kind === 'operator') && e.operator === definition ? 1 : 0;
    const bodies = e.kind === 'let' ? e.definitions.map((inner) => inner.body) : [];
    return [...children(e), ...bodies].reduce((sum, part) => sum + all(part), own);
  };
  return last(body) > 0 && last(body) === all(body);
}
