/** Definitions of operators of the community's modules, for generated code. */
import { loadSpec } from '../names/load-spec.js';
import type { OperatorLibrary, ResolvedModule } from '../names/resolved.js';
import { isTranslated } from '../emit/community.js';
import { libraryTexts } from './texts.js';

/** Those that the run-time library does not have. A module is read when something of it is asked for. */
export function communityLibrary(): OperatorLibrary {
  const modules = new Map<string, ResolvedModule>();
  const module = (name: string): ResolvedModule | undefined => {
    const text = libraryTexts.get(name);
    if (text === undefined || modules.has(name)) return modules.get(name);
    const read = (wanted: string): { file: string; text: string } | undefined =>
      wanted === name ? { file: `${name}.tla`, text } : undefined;
    const { spec, diagnostics } = loadSpec(name, { read });
    if (spec === undefined) throw new Error(diagnostics.map(({ message }) => message).join('; '));
    modules.set(name, spec.root);
    return spec.root;
  };
  return {
    module,
    definition: (name, operator) => {
      if (isTranslated(name, operator)) return undefined;
      const symbol = module(name)?.scope.get(operator);
      return symbol?.kind === 'definition' && symbol.module === name ? symbol : undefined;
    },
  };
}
