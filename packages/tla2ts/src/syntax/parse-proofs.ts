/** Theorems, and proofs, which are read for their extent only: nothing of them is kept. */
import type { Expression, ProofStatement, Theorem } from './ast.js';
import { DefinitionParser } from './parse-definitions.js';

export abstract class ProofParser extends DefinitionParser {
  protected theorem(): Theorem {
    const first = this.position++;
    const name = this.assertionName();
    const body = this.assertion();
    if (this.startsProof()) this.proof();
    return { kind: 'theorem', span: this.spanSince(first), name, body };
  }

  /** The optional `Name ==` of a theorem or assumption. */
  protected assertionName(): { readonly text: string; readonly span: Theorem['span'] } | undefined {
    if (this.kind !== 'identifier' || this.rawKind(this.position + 1) !== '==') return undefined;
    const name = this.name('a name');
    this.position++;
    return name;
  }

  /** An expression, or `ASSUME ... PROVE ...`, of which nothing is kept. */
  private assertion(): Expression | undefined {
    const isLabelled = this.kind === 'identifier' && this.rawKind(this.position + 1) === '::';
    const at = isLabelled ? this.position + 2 : this.position;
    const isBox = this.rawKind(at) === 'operator' && this.rawText(at) === '[]' && this.rawKind(at + 1) === 'ASSUME';
    if (this.rawKind(at) !== 'ASSUME' && !isBox) return this.expression();
    this.position = isBox ? at + 2 : at + 1;
    do this.assumption();
    while (this.accept(','));
    if (this.isOperator('[]')) this.position++;
    this.expect('PROVE', 'after the assumptions');
    this.expression();
    return undefined;
  }

  private assumption(): void {
    const isNew = this.accept('NEW');
    const sort = ['CONSTANT', 'VARIABLE', 'STATE', 'ACTION', 'TEMPORAL'].includes(this.kind);
    if (sort) this.position++;
    if (!isNew && !sort) {
      this.assertion();
      return;
    }
    this.declaration();
    if (this.isOperator('\\in')) {
      this.position++;
      this.expression();
    }
  }

  private startsProof(): boolean {
    return ['BY', 'OBVIOUS', 'OMITTED', 'PROOF', 'step'].includes(this.kind);
  }

  private proof(): void {
    this.accept('PROOF');
    if (this.accept('OBVIOUS') || this.accept('OMITTED')) return;
    if (this.accept('BY')) {
      this.facts();
      return;
    }
    if (this.kind === 'step') this.steps();
    else throw this.unexpected('a proof: BY, OBVIOUS, OMITTED or a step like `<1>1.`');
  }

  /** Steps of one level up to its QED; deeper ones are the proofs of steps. */
  private steps(): void {
    this.enter();
    const level = stepLevel(this.text);
    while (this.kind === 'step') {
      this.position++;
      const isLast = this.is('QED');
      this.step();
      const isDeeper = this.is('step') && stepLevel(this.text) > level;
      if (isDeeper || (!this.is('step') && this.startsProof())) this.proof();
      if (isLast || (this.is('step') && stepLevel(this.text) < level)) break;
    }
    this.leave();
  }

  private step(): void {
    switch (this.kind) {
      case 'QED':
        this.position++;
        return;
      case 'USE':
      case 'HIDE':
        this.proofStatement();
        return;
      case 'DEFINE':
        this.position++;
        do this.definition(this.position, false);
        while (this.startsDefinition(this.position));
        return;
      case 'INSTANCE':
        this.instance();
        return;
      case 'HAVE':
        this.position++;
        this.expression();
        return;
      case 'TAKE':
        this.position++;
        this.bounds('unbounded allowed');
        return;
      case 'WITNESS':
        this.position++;
        this.expressions();
        return;
      case 'PICK':
        this.position++;
        this.bounds('unbounded allowed');
        this.expect(':', 'after what PICK binds');
        this.expression();
        return;
      case 'SUFFICES':
        this.position++;
        this.assertion();
        return;
      case 'CASE':
        this.caseStep();
        return;
      default:
        if (!this.startsDefinition(this.position)) this.assertion();
        else while (this.startsDefinition(this.position)) this.definition(this.position, false);
    }
  }

  /** `CASE p` is a step, but a CASE expression may be asserted, too. */
  private caseStep(): void {
    const first = this.position++;
    this.expression();
    if (this.kind !== '->') return;
    this.position = first;
    this.expression();
  }

  /** `USE ...`, `HIDE ...` */
  protected proofStatement(): ProofStatement {
    const first = this.position++;
    this.facts();
    return { kind: 'proofStatement', span: this.spanSince(first) };
  }

  /** `ONLY a, <1>2, MODULE M DEF Op, MODULE M` */
  private facts(): void {
    this.accept('ONLY');
    if (this.kind !== 'DEF') {
      do {
        if (this.accept('MODULE')) this.word('the name of a module');
        else this.expression();
      } while (this.accept(','));
    }
    if (!this.accept('DEF')) return;
    do {
      if (this.accept('MODULE')) this.word('the name of a module');
      else if (this.kind === 'operator') this.position++;
      else this.generalName();
    } while (this.accept(','));
  }
}

/** Of `<3>2` 3; `<+>` and `<*>` count as deeper than what is around them. */
function stepLevel(step: string): number {
  const level = /^<(\d+)>/.exec(step)?.[1];
  return level === undefined ? Infinity : Number(level);
}
