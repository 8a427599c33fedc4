/**
 * Inference of types, definition by definition in the order of their use (Hindley and Milner, with rows for records).
 * TLA+ has no types: where values of different kinds meet, the type is `mixed` and the code looks at the values.
 */
import { isOpenChoice } from '../analysis/dependence.js';
import { assignmentsIn, assignsNext } from '../analysis/assignments.js';
import type {
  BuiltinSymbol,
  ConstantSymbol,
  DefinitionSymbol,
  LocalSymbol,
  ResolvedApplication,
  ResolvedArgument,
  ResolvedBound,
  ResolvedExpression,
  ResolvedPathStep,
  ResolvedPattern,
  ResolvedSpec,
  ResolvedSymbol,
  VariableSymbol,
} from '../names/resolved.js';
import { builtinType } from './builtins.js';
import { Shapes } from './shapes.js';
import {
  agrees,
  BOOL,
  compatible,
  degrade,
  freshType,
  functionType,
  instantiate,
  isSimple,
  INT,
  MIXED,
  type RecordType,
  resolve,
  sequenceType,
  setType,
  TEXT,
  type Type,
  typeText,
  type TypeVariable,
  unify,
  variablesIn,
} from './type.js';

/** The type of an operator: its parameters (an operator parameter has a signature) and its result. */
export interface Signature {
  readonly parameters: readonly (Type | Signature)[];
  readonly result: Type;
}

export const isSignature = (type: Type | Signature): type is Signature => 'parameters' in type;

/** `f[x]` or `DOMAIN f` where nobody knew what f is. */
interface Pending {
  readonly kind: 'apply' | 'domain';
  readonly function: Type;
  readonly argument: Type;
  readonly result: Type;
}

/** The types of constants and variables. */
type Seeds = ReadonlyMap<ResolvedSymbol, Type | Signature>;

function seedsText(seeds: Seeds): string {
  const text = (type: Type | Signature): string =>
    isSignature(type) ? `(${type.parameters.map(text).join()})${text(type.result)}` : typeText(type);
  return [...seeds].map(([{ name }, type]) => `${name}:${text(type)}`).join();
}

/** What was found out about definitions in the rounds before. */
interface Known {
  /** Those whose parameters and result are mixed, because they are used with values of several kinds. */
  readonly dynamic: ReadonlySet<DefinitionSymbol>;
  /** Those that apply functions, not sequences. */
  readonly functions: ReadonlySet<DefinitionSymbol>;
}

/** Rounds after which the types of constants and variables stay as they are. */
const ROUNDS = 8;

/** The types of a specification. */
export class Types {
  readonly shapes: Shapes;
  readonly #expressions = new Map<ResolvedExpression, Type>();
  readonly #signatures = new Map<DefinitionSymbol, Signature>();
  readonly #locals = new Map<LocalSymbol, Type | Signature>();
  readonly #symbols = new Map<ResolvedSymbol, Type | Signature>();
  #open = new Set<DefinitionSymbol>();
  /** Where values of several kinds meet. */
  readonly #clashes = new Set<ResolvedExpression>();
  #current: ResolvedExpression | undefined;
  #pending: Pending[] = [];
  /** Definitions that apply something of which nothing else is known: it is taken for a sequence. */
  readonly #guessed = new Set<DefinitionSymbol>();
  #at: Type = MIXED;
  /** Every use of a definition with its own copy of the definition's types. */
  readonly #uses: { readonly definition: DefinitionSymbol; readonly copy: Signature }[] = [];

  private constructor(
    reserved: ReadonlySet<string>,
    /** Places of an initial predicate that give variables their values. */
    readonly initial: ReadonlySet<ResolvedApplication>,
    readonly known: Known,
    readonly seeds: Seeds,
  ) {
    this.shapes = new Shapes(reserved);
  }

  /** `reserved`: names that no record gets; `init`: the initial predicate. */
  static of(spec: ResolvedSpec, reserved: ReadonlySet<string>, init: ResolvedExpression | undefined): Types {
    const initial = assignmentsIn(init);
    let known: Known = { dynamic: new Set(), functions: new Set() };
    let seeds: Seeds = new Map();
    let clashes: readonly ResolvedExpression[] = [];
    for (let round = 1; ; round++) {
      const types = new Types(reserved, initial, known, seeds);
      types.#all(spec);
      const more = types.#disagreeing();
      const found = types.#seeds();
      if (more.length === 0) for (const place of clashes) types.#clashes.add(place);
      if (more.length === 0 && (seedsText(found) === seedsText(seeds) || round > ROUNDS)) return types.#closed();
      const functions = more.filter((one) => types.#guessed.has(one) && !known.functions.has(one));
      known = {
        dynamic: new Set([...known.dynamic, ...more.filter((one) => !functions.includes(one))]),
        functions: new Set([...known.functions, ...functions]),
      };
      // What disagrees has made types mixed that need not be.
      if (more.length > 0) continue;
      seeds = found;
      clashes = types.clashes();
    }
  }

  /** What ASSUME and the definitions say; in the end, what is still open of constants and variables. */
  #all(spec: ResolvedSpec): void {
    for (const { body } of spec.assumptions) this.#expect(body, BOOL);
    for (const definition of spec.definitions) this.#define(definition);
    this.#decide(true, new Set());
    for (const type of this.#globals()) this.shapes.complete(type);
  }

  /** What the code of a definition never looks at, and what no user of it says, may be any value. */
  #closed(): this {
    const told = new Set<Type>(this.#globals().flatMap((type) => variablesIn(type)));
    const tell = (type: Type | Signature): void => {
      if (isSignature(type)) [...type.parameters, type.result].forEach(tell);
      else for (const variable of variablesIn(type)) told.add(variable);
    };
    for (const [definition, signature] of this.#signatures) if (definition.place === 'top') tell(signature);
    const close = (type: Type | Signature): void => {
      if (isSignature(type)) [...type.parameters, type.result].forEach(close);
      else for (const variable of variablesIn(type)) if (!told.has(variable)) degrade(variable);
    };
    for (const type of this.#locals.values()) close(type);
    return this;
  }

  /** The types of constants and variables: one for all their uses. */
  #globals(): readonly Type[] {
    return [...this.#symbols.values()].flatMap((type) =>
      isSignature(type) ? [...type.parameters.filter((one): one is Type => !isSignature(one)), type.result] : [type],
    );
  }

  /** What a further round may take for granted. Where nothing was found out of a constant, names stand for its elements. */
  #seeds(): Seeds {
    for (const variable of this.#globals().flatMap((type) => variablesIn(type))) {
      if (variable.ref === undefined) unify(variable, TEXT);
    }
    return new Map(this.#symbols);
  }

  /** Definitions with a use whose types are not those that the definition relies on. */
  #disagreeing(): readonly DefinitionSymbol[] {
    const wrong = this.#uses.filter(
      ({ definition, copy }) => !signaturesAgree(this.#signatures.get(definition) as Signature, copy),
    );
    return wrong.map(({ definition }) => definition).filter((definition) => !this.known.dynamic.has(definition));
  }

  of(expression: ResolvedExpression): Type {
    return resolve(this.#expressions.get(expression) ?? MIXED);
  }

  /** Expressions in which values of several kinds meet, so that no type is known. */
  clashes(): readonly ResolvedExpression[] {
    return [...this.#clashes];
  }

  /** The type of a constant or variable. */
  symbol(symbol: ConstantSymbol | VariableSymbol | DefinitionSymbol): Type | Signature {
    return this.#symbols.get(symbol) ?? TEXT;
  }

  signature(definition: DefinitionSymbol): Signature | undefined {
    return this.#signatures.get(definition);
  }

  local(symbol: LocalSymbol): Type | Signature {
    return this.#locals.get(symbol) ?? MIXED;
  }

  #define(definition: DefinitionSymbol): Signature {
    const known = this.#signatures.get(definition);
    if (known !== undefined) return known;
    const parameters = definition.parameters.map((parameter) => this.#declare(parameter));
    const signature = { parameters, result: freshType() };
    this.#signatures.set(definition, signature);
    this.#open.add(definition);
    const outside = { pending: this.#pending, at: this.#at };
    if (definition.place === 'top') this.#pending = [];
    if (this.known.dynamic.has(definition)) degradeSignature(signature);
    this.#same(signature.result, this.#infer(definition.body));
    if (definition.place === 'top') {
      if (isOpenChoice(definition)) this.#same(this.#global(definition), signature.result);
      this.#settle(signature, definition);
      this.#pending = [...outside.pending, ...this.#pending];
      this.#at = outside.at;
    }
    this.#open.delete(definition);
    if (definition.parameters.length === 0 && definition.place === 'top')
      this.shapes.learn(definition.name, signature.result);
    return signature;
  }

  /** What is still open when a definition ends: functions by how they are used, records by their fields. */
  #settle(signature: Signature, definition: DefinitionSymbol): void {
    const shared = this.#shared();
    for (let round = 0; round < 3; round++) {
      this.#decide(false, shared);
      for (const type of [...signature.parameters, signature.result]) {
        if (!isSignature(type)) this.shapes.complete(type);
      }
      for (const { function: f, result } of this.#pending) {
        this.shapes.complete(f);
        this.shapes.complete(result);
      }
    }
    this.#decide(true, this.#shared(), definition);
    for (const type of [...signature.parameters, signature.result]) if (!isSignature(type)) this.shapes.complete(type);
  }

  /** Types that constants and variables have a part in: other definitions say more of them. */
  #shared(): ReadonlySet<Type> {
    const shared = new Set<Type>(this.#globals().flatMap((type) => variablesIn(type)));
    if (shared.size === 0) return shared;
    for (let size = -1; size !== shared.size;) {
      size = shared.size;
      for (const use of this.#pending) {
        if (!variablesIn(use.function).some((type) => shared.has(type))) continue;
        for (const type of [use.argument, use.result]) for (const one of variablesIn(type)) shared.add(one);
      }
    }
    return shared;
  }

  /** `shared`: what is not decided, as more may be known of it later. */
  #decide(last: boolean, shared: ReadonlySet<Type>, definition?: DefinitionSymbol): void {
    const domains = this.#pending.filter(({ kind }) => kind === 'domain').map((use) => resolve(use.function));
    this.#pending = this.#pending.filter((use) => {
      const f = resolve(use.function);
      if (f.kind === 'variable') {
        const hasDomain = domains.includes(f);
        if (shared.has(f) || (!last && !hasDomain)) return true;
        const argument = resolve(use.argument).kind;
        const isGuess = argument === 'variable' && !hasDomain && definition !== undefined;
        if (isGuess) this.#guessed.add(definition);
        const numbers =
          argument === 'int' || (argument === 'variable' && !(isGuess && this.known.functions.has(definition)));
        unify(f, numbers && !hasDomain ? sequenceType(freshType()) : functionType(freshType(), freshType()));
      }
      this.#applied(use);
      return false;
    });
  }

  #applied({ function: f, argument, result, kind }: Pending): void {
    const type = resolve(f);
    // What may be anything is looked at before a function is applied to it.
    const isLooked = resolve(argument).kind === 'mixed' && kind === 'apply';
    if (type.kind === 'sequence') {
      if (!isLooked) this.#same(argument, INT);
      if (kind === 'apply') this.#same(result, type.element);
    } else if (type.kind === 'function') {
      if (!isLooked || !isSimple(type.argument)) this.#same(argument, type.argument);
      if (kind === 'apply') this.#same(result, type.result);
    } else if (type.kind === 'tuple') {
      if (kind === 'apply') for (const item of type.items) this.#same(result, item);
    } else {
      degrade(result);
      degrade(argument);
    }
  }

  #declare(symbol: LocalSymbol): Type | Signature {
    const known = this.#locals.get(symbol);
    if (known !== undefined) return known;
    const type =
      symbol.arity === 0
        ? freshType()
        : { parameters: Array.from({ length: symbol.arity }, () => freshType()), result: freshType() };
    this.#locals.set(symbol, type);
    return type;
  }

  #value(symbol: LocalSymbol): Type {
    const type = this.#declare(symbol);
    return isSignature(type) ? MIXED : type;
  }

  /** Unifies; what cannot be one is mixed. */
  #same(a: Type, b: Type): void {
    if (!unify(a, b) && this.#current !== undefined) this.#clashes.add(this.#current);
  }

  #infer(expression: ResolvedExpression): Type {
    const outer = this.#current;
    this.#current = expression;
    const type = this.#typeOf(expression);
    this.#current = outer;
    this.#expressions.set(expression, type);
    return type;
  }

  #expect(expression: ResolvedExpression, type: Type): void {
    this.#same(this.#infer(expression), type);
  }

  #typeOf(e: ResolvedExpression): Type {
    switch (e.kind) {
      case 'number':
        return INT;
      case 'string':
        return TEXT;
      case 'boolean':
        return BOOL;
      case 'decimal':
        return MIXED;
      case 'apply':
        if (this.initial.has(e) || assignsNext(e)) return this.#assignment(e);
        return this.#application(e.operator, e.args);
      case 'junction':
        for (const item of e.items) this.#expect(item, BOOL);
        return BOOL;
      case 'tuple': {
        const items = e.items.map((item) => this.#infer(item));
        return items.length === 0 ? sequenceType(freshType()) : this.#tupleOrSequence(items);
      }
      case 'product':
        return setType({ kind: 'tuple', items: e.factors.map((factor) => this.#elementOf(factor)) });
      case 'setEnumeration':
        return setType(this.#joined(e.items.map((item) => this.#infer(item))));
      case 'setFilter':
        this.#bind(e.bound);
        this.#expect(e.predicate, BOOL);
        return setType(this.#elementOf(e.bound.set, true));
      case 'setMap':
        for (const bound of e.bounds) this.#bind(bound);
        return setType(this.#infer(e.element));
      case 'functionConstructor': {
        for (const bound of e.bounds) this.#bind(bound);
        const result = this.#infer(e.body);
        const [only] = e.bounds;
        if (e.bounds.length === 1 && only !== undefined && this.#isCount(only.set)) return sequenceType(result);
        const items = e.bounds.map((bound) => this.#elementOf(bound.set, true));
        return functionType(items.length === 1 ? (items[0] as Type) : { kind: 'tuple', items }, result);
      }
      case 'functionSet': {
        const argument = this.#elementOf(e.domain);
        const result = this.#elementOf(e.range);
        return setType(this.#isCount(e.domain) ? sequenceType(result) : functionType(argument, result));
      }
      case 'record':
        return this.#record(e.fields.map(({ name, value }) => [name, this.#infer(value)]));
      case 'recordSet':
        return setType(this.#record(e.fields.map(({ name, value }) => [name, this.#elementOf(value)])));
      case 'field': {
        const type = freshType();
        this.#expect(e.record, { kind: 'record', fields: new Map([[e.field, type]]), rest: freshType() });
        return type;
      }
      case 'functionApply':
        return this.#applyFunction(e.function, e.args);
      case 'except': {
        const type = this.#infer(e.function);
        for (const { path, value } of e.updates) {
          const outer = this.#at;
          this.#at = this.#path(type, path);
          const target = this.#at;
          this.#same(this.#infer(value), target);
          this.#at = outer;
        }
        return type;
      }
      case 'at':
        return this.#at;
      case 'if': {
        this.#expect(e.condition, BOOL);
        return this.#joined([this.#infer(e.then), this.#infer(e.else)]);
      }
      case 'case': {
        for (const { condition } of e.arms) this.#expect(condition, BOOL);
        const values = [...e.arms.map(({ value }) => value), ...(e.other === undefined ? [] : [e.other])];
        return this.#joined(values.map((value) => this.#infer(value)));
      }
      case 'let':
        for (const definition of e.definitions) this.#define(definition);
        return this.#infer(e.body);
      case 'choose': {
        if (e.set !== undefined) this.#bind({ span: e.span, pattern: e.pattern, set: e.set });
        this.#expect(e.body, BOOL);
        return this.#pattern(e.pattern);
      }
      case 'quantifier':
        for (const bound of e.bounds) this.#bind(bound);
        this.#expect(e.body, BOOL);
        return BOOL;
      case 'box':
      case 'angle':
      case 'fairness':
        this.#infer(e.action);
        this.#infer(e.subscript);
        return BOOL;
    }
  }

  /** Items of one kind make a sequence, others a tuple. */
  #tupleOrSequence(items: readonly Type[]): Type {
    const [first, ...others] = items as readonly [Type, ...Type[]];
    const known = others.length === 0 || items.every((item) => resolve(item).kind !== 'variable');
    if (!known || !others.every((item) => compatible(first, item))) return { kind: 'tuple', items };
    return sequenceType(this.#joined(items));
  }

  /** The type of a place to which values of all these types come. */
  #joined(types: readonly Type[]): Type {
    const joined = freshType();
    for (const type of types) unify(joined, type);
    return joined;
  }

  #record(fields: readonly (readonly [string, Type])[]): RecordType {
    return { kind: 'record', fields: new Map(fields), rest: undefined };
  }

  /** Is the set `1..n`, so that a function over it is a sequence? */
  #isCount(set: ResolvedExpression): boolean {
    if (set.kind !== 'apply' || set.operator.kind !== 'builtin') return false;
    const [first] = set.args;
    if (set.operator.name === 'DOMAIN' && first !== undefined)
      return resolve(this.of(first as ResolvedExpression)).kind === 'sequence';
    return set.operator.name === '..' && first?.kind === 'number' && first.value === 1n;
  }

  #elementOf(set: ResolvedExpression, inferred = false): Type {
    const type = inferred ? (this.#expressions.get(set) ?? this.#infer(set)) : this.#infer(set);
    const element = freshType();
    this.#same(type, setType(element));
    return element;
  }

  #bind(bound: ResolvedBound): void {
    this.#same(this.#pattern(bound.pattern), this.#elementOf(bound.set, true));
  }

  #pattern(pattern: ResolvedPattern): Type {
    if (pattern.kind === 'name') return this.#value(pattern.symbol);
    return { kind: 'tuple', items: pattern.symbols.map((symbol) => this.#value(symbol)) };
  }

  #applyFunction(f: ResolvedExpression, args: readonly ResolvedExpression[]): Type {
    const type = this.#infer(f);
    const known = resolve(type);
    const [only] = args;
    const wanted = known.kind === 'function' && args.length === 1 ? resolve(known.argument) : undefined;
    // The tuple of the arguments of a function of several.
    if (only?.kind === 'tuple' && wanted?.kind === 'tuple' && wanted.items.length === only.items.length) {
      const items = only.items.map((item) => this.#infer(item));
      this.#expressions.set(only, { kind: 'tuple', items });
      return this.#indexed(type, items);
    }
    const types = args.map((arg) => this.#infer(arg));
    // Items of a tuple and fields of a record have types of their own.
    if (args.length === 1 && only?.kind === 'number' && known.kind === 'tuple') {
      return known.items[Number(only.value) - 1] ?? MIXED;
    }
    if (args.length === 1 && only?.kind === 'string' && (known.kind === 'record' || known.kind === 'variants')) {
      return known.fields.get(only.value) ?? MIXED;
    }
    return this.#indexed(type, types);
  }

  #indexed(f: Type, args: readonly Type[]): Type {
    const argument: Type = args.length === 1 ? (args[0] as Type) : { kind: 'tuple', items: args };
    const result = freshType();
    const use: Pending = { kind: 'apply', function: f, argument, result };
    if (resolve(f).kind === 'variable') this.#pending.push(use);
    else this.#applied(use);
    return result;
  }

  #path(type: Type, path: readonly ResolvedPathStep[]): Type {
    let current = type;
    for (const step of path) {
      if (step.kind === 'index') {
        current = this.#indexed(
          current,
          step.args.map((arg) => this.#infer(arg)),
        );
      } else {
        const field = freshType();
        this.#same(current, { kind: 'record', fields: new Map([[step.name, field]]), rest: freshType() });
        current = field;
      }
    }
    return current;
  }

  #application(operator: ResolvedSymbol, args: readonly ResolvedArgument[]): Type {
    if (operator.kind === 'builtin') {
      if (operator.name === 'DOMAIN') return this.#domain(args[0] as ResolvedExpression);
      const types = args.map((arg) => this.#argument(arg));
      return builtinType(operator.name, types, (a, b) => this.#same(a, b));
    }
    const signature = this.#signatureOf(operator);
    if (!isSignature(signature)) return signature;
    args.forEach((arg, i) => {
      const parameter = signature.parameters[i];
      if (parameter !== undefined) this.#pass(this.#argument(arg), parameter);
    });
    return signature.result;
  }

  /** A variable takes the type of each value that it gets. */
  #assignment({ operator: { name }, args }: ResolvedApplication): Type {
    const [left, right] = args.map((arg) => this.#infer(arg as ResolvedExpression)) as [Type, Type];
    this.#same(right, name === '=' ? left : setType(left));
    return BOOL;
  }

  #domain(f: ResolvedExpression): Type {
    const type = this.#infer(f);
    const argument = freshType();
    const use: Pending = { kind: 'domain', function: type, argument, result: MIXED };
    if (resolve(type).kind === 'variable') this.#pending.push(use);
    else this.#applied(use);
    return setType(argument);
  }

  #argument(arg: ResolvedArgument): Type | Signature {
    if (arg.kind === 'operator') {
      const type = this.#signatureOf(arg.operator);
      return isSignature(type) ? type : { parameters: [], result: type };
    }
    if (arg.kind === 'lambda') {
      const parameters = arg.parameters.map((parameter) => this.#declare(parameter));
      return { parameters, result: this.#infer(arg.body) };
    }
    return this.#infer(arg);
  }

  #pass(given: Type | Signature, expected: Type | Signature): void {
    if (isSignature(given) && isSignature(expected)) {
      // An operator is called with what is expected, and gives what it gives.
      expected.parameters.forEach((parameter, i) => this.#pass(parameter, given.parameters[i] ?? MIXED));
      this.#same(given.result, expected.result);
    } else if (!isSignature(given) && !isSignature(expected)) {
      // A value of any type can go where the code looks at values.
      const isLooked = resolve(given).kind === 'mixed' && isSimple(expected);
      if (resolve(expected).kind !== 'mixed' && !isLooked) this.#same(given, expected);
    }
  }

  /** Types that have no copies. */
  #kept(): Map<TypeVariable, TypeVariable> {
    return new Map([...this.#shared()].map((type) => [type as TypeVariable, type as TypeVariable]));
  }

  #global(definition: DefinitionSymbol): Type {
    const known = this.#symbols.get(definition);
    if (known !== undefined) return isSignature(known) ? MIXED : known;
    const seed = this.seeds.get(definition);
    const type = seed === undefined || isSignature(seed) ? freshType() : instantiate(seed, new Map());
    this.#symbols.set(definition, type);
    return type;
  }

  /** An operator of the language handed over as an argument. */
  #builtinSignature({ name, argumentArities }: BuiltinSymbol): Signature {
    const parameters = argumentArities.map(() => freshType());
    const result = builtinType(name, parameters, (a, b) => this.#same(a, b));
    if (isSimple(result)) return { parameters, result };
    return { parameters: parameters.map(() => MIXED), result: MIXED };
  }

  #signatureOf(symbol: ResolvedSymbol): Type | Signature {
    switch (symbol.kind) {
      case 'local':
        return this.#declare(symbol);
      case 'builtin':
        return this.#builtinSignature(symbol);
      case 'constant':
      case 'variable': {
        const known = this.#symbols.get(symbol);
        if (known !== undefined) return known;
        const seed = this.seeds.get(symbol);
        const arity = symbol.kind === 'constant' ? symbol.arity : 0;
        const unknown =
          arity === 0 ? freshType() : { parameters: Array.from({ length: arity }, freshType), result: freshType() };
        const type =
          seed === undefined ? unknown : isSignature(seed) ? copySignature(seed) : instantiate(seed, new Map());
        this.#symbols.set(symbol, type);
        return type;
      }
      case 'definition': {
        const signature = this.#define(symbol);
        if (isOpenChoice(symbol)) return this.#global(symbol);
        // A definition that is being inferred, and one of a LET, has one type for all its uses.
        if (this.#open.has(symbol) || symbol.place !== 'top') {
          return symbol.parameters.length === 0 ? signature.result : signature;
        }
        const copy = copySignature(signature, this.#kept());
        this.#uses.push({ definition: symbol, copy });
        return symbol.parameters.length === 0 ? copy.result : copy;
      }
    }
  }
}

function signaturesAgree(definition: Signature, use: Signature): boolean {
  const agree = (a: Type | Signature, b: Type | Signature | undefined): boolean => {
    if (b === undefined) return false;
    if (isSignature(a)) return isSignature(b) && signaturesAgree(a, b);
    return !isSignature(b) && agrees(a, b);
  };
  return (
    definition.parameters.every((type, i) => agree(type, use.parameters[i])) &&
    agrees(definition.result, use.result, definition.parameters.length === 0)
  );
}

function degradeSignature(signature: Signature): void {
  for (const parameter of signature.parameters) {
    if (isSignature(parameter)) degradeSignature(parameter);
    else degrade(parameter);
  }
  degrade(signature.result);
}

function copySignature(signature: Signature, fresh = new Map()): Signature {
  return {
    parameters: signature.parameters.map((parameter) =>
      isSignature(parameter) ? copySignature(parameter, fresh) : instantiate(parameter, fresh),
    ),
    result: instantiate(signature.result, fresh),
  };
}
