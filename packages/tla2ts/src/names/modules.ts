/** Finds and reads the modules that a root module needs, through a host. */
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { errorAt } from '../diagnostics/sink.js';
import type { Module, Name } from '../syntax/ast.js';
import { parseModule } from '../syntax/parse-module.js';
import { STANDARD_MODULES } from './standard-modules.js';
import { closest } from './suggest.js';

/** Where modules come from: a folder, a map, an editor. */
export interface ModuleHost {
  /** The text of the module `name` (without `.tla`), and the file name for messages; undefined if there is none. */
  read(name: string): ModuleSource | undefined;
}

export interface ModuleSource {
  readonly file: string;
  readonly text: string;
}

export interface LoadedModules {
  /** Each after the modules that it extends or instantiates; the root is the last. */
  readonly modules: ReadonlyMap<string, Module>;
  readonly diagnostics: readonly Diagnostic[];
}

export function loadModules(root: string, host: ModuleHost): LoadedModules {
  const loader = new Loader(host);
  loader.load(root, undefined);
  return { modules: loader.modules, diagnostics: loader.diagnostics };
}

class Loader {
  readonly modules = new Map<string, Module>();
  readonly diagnostics: Diagnostic[] = [];
  /** From the root to the module that is being read. */
  private readonly path: string[] = [];
  private readonly failed = new Set<string>();

  constructor(private readonly host: ModuleHost) {}

  load(name: string, mention: Name | undefined): void {
    if (this.modules.has(name) || this.failed.has(name)) return;
    const standard = STANDARD_MODULES.get(name);
    if (standard && !standard.community && mention) return;
    if (this.path.includes(name)) return this.circle(name, mention);
    const source = this.host.read(name);
    if (!source) {
      if (!standard || !mention) this.missing(name, mention);
      return;
    }
    const { module, diagnostics } = parseModule(source.file, source.text);
    this.diagnostics.push(...diagnostics);
    if (!module) {
      this.failed.add(name);
      return;
    }
    if (module.name.text !== name) this.misnamed(module, name);
    this.path.push(name);
    for (const needed of neededBy(module, source.text)) this.load(needed.text, needed);
    this.path.pop();
    this.modules.set(name, module);
  }

  private circle(name: string, mention: Name | undefined): void {
    const circle = [...this.path.slice(this.path.indexOf(name)), name].map((m) => `\`${m}\``).join(' needs ');
    this.diagnostics.push(errorAt('TLA1202', mention?.span, `modules need each other in a circle: ${circle}`));
  }

  private missing(name: string, mention: Name | undefined): void {
    this.failed.add(name);
    const similar = closest(name, [...STANDARD_MODULES.keys(), ...this.modules.keys()]);
    const help = similar ? `did you mean \`${similar}\`?` : `put \`${name}.tla\` beside the module that needs it`;
    this.diagnostics.push(errorAt('TLA1201', mention?.span, `there is no module \`${name}\``, { help }));
  }

  private misnamed(module: Module, name: string): void {
    this.diagnostics.push(
      errorAt('TLA1212', module.name.span, `the module is named \`${module.name.text}\`, but its file \`${name}\``, {
        help: `a module and its file have the same name: rename one of them`,
      }),
    );
  }
}

/** What a module with this text extends and instantiates, but for the modules nested in it. */
function neededBy(module: Module, text: string, enclosing: readonly string[] = []): readonly Name[] {
  const nested = module.units.flatMap((u) => (u.kind === 'nestedModule' ? [u.module] : []));
  const known = [...enclosing, ...nested.map((m) => m.name.text)];
  // To go through a tree takes as long as to make it.
  const instances = text.includes('INSTANCE') ? instancesIn(module.units) : [];
  const needed = [...module.extends, ...instances].filter((n) => !known.includes(n.text));
  return [...needed, ...nested.flatMap((m) => neededBy(m, text, known))];
}

/** The modules of all INSTANCEs in a part of a syntax tree, wherever they are: also in LETs. */
function instancesIn(node: unknown): readonly Name[] {
  const found: Name[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const item of value) visit(item);
      return;
    }
    if (isNestedModule(value)) return;
    const parts = value as Readonly<Record<string, unknown>>;
    if ('substitutions' in parts && 'module' in parts) found.push(parts['module'] as Name);
    for (const key in parts) if (key !== 'span') visit(parts[key]);
  };
  visit(node);
  return found;
}

function isNestedModule(value: object): boolean {
  return 'kind' in value && value.kind === 'nestedModule';
}
