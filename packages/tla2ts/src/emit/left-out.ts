/** Definitions that have no translation, and those that use them: they are left out, and the user is told why. */
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { DefinitionSymbol } from '../names/resolved.js';
import { Untranslatable } from './errors.js';

/** See the head of the file. */
export class LeftOut {
  readonly #reasons = new Map<DefinitionSymbol, Diagnostic>();
  /** What is left out because something that it uses is. */
  readonly #users = new Map<DefinitionSymbol, DefinitionSymbol[]>();
  #lacking: DefinitionSymbol | undefined;

  get size(): number {
    return this.#reasons.size + this.#users.size;
  }

  /** Whether the definition can be written. */
  tried(definition: DefinitionSymbol, write: () => void): boolean {
    this.#lacking = undefined;
    try {
      write();
      return true;
    } catch (error) {
      if (!(error instanceof Untranslatable)) throw error;
      this.#note(definition, error.diagnostic, this.#lacking);
      return false;
    }
  }

  /** Throws for a definition that is left out. */
  demand(definition: DefinitionSymbol): void {
    const reason = this.#reasonOf(definition);
    if (reason === undefined) return;
    this.#lacking = definition;
    throw new Untranslatable(reason.code, definition.nameSpan, reason.message);
  }

  #reasonOf(definition: DefinitionSymbol): Diagnostic | undefined {
    const root = [...this.#users].find(([, users]) => users.includes(definition))?.[0];
    return this.#reasons.get(root ?? definition);
  }

  #note(definition: DefinitionSymbol, reason: Diagnostic, lacking: DefinitionSymbol | undefined): void {
    if (lacking === undefined) {
      this.#reasons.set(definition, reason);
      return;
    }
    const root = [...this.#users].find(([, users]) => users.includes(lacking))?.[0] ?? lacking;
    this.#users.set(root, [...(this.#users.get(root) ?? []), definition]);
  }

  /** One for each reason. */
  warnings(): readonly Diagnostic[] {
    return [...this.#reasons].map(([definition, reason]) => {
      const names = [definition, ...(this.#users.get(definition) ?? [])].map(({ name }) => `\`${name}\``);
      const what = names.length === 1 ? `${names[0]} is left out` : `${names.join(', ')} are left out`;
      return { ...reason, severity: 'warning', message: `${what}: ${reason.message}` };
    });
  }
}
