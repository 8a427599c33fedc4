/**
 * Temporal formulas over the states and steps of a model. Atoms are compared by identity: an atom that is used in several
 * places is evaluated once.
 */
import type { StatePredicate, StepPredicate } from '../model.js';

/** A predicate of the state in which the formula is evaluated. */
export interface StateAtom {
  readonly kind: 'state';
  readonly holds: StatePredicate['holds'];
}

/** A predicate of the step from the state in which the formula is evaluated to the one after it. */
export interface StepAtom {
  readonly kind: 'step';
  readonly holds: StepPredicate['holds'];
  /** Where this is false, the step predicate is false for every step, and is not asked. */
  readonly guard?: StateAtom;
}

/** A temporal formula; `and` and `or` of nothing are true and false. */
export type Formula =
  | StateAtom
  | StepAtom
  | { readonly kind: 'not' | 'always' | 'eventually'; readonly of: Formula }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Formula[] };

/** A formula with the name that messages use. */
export interface NamedFormula {
  readonly name: string;
  readonly location?: string;
  readonly formula: Formula;
}

/** What a model is to satisfy in the long run. */
export interface Temporal {
  /** Fairness: only behaviours that satisfy all of these count. */
  readonly assumptions: readonly Formula[];
  readonly properties: readonly NamedFormula[];
}

/** `P ~> Q`, `[](P => <>Q)` */
export const leadsTo = (before: Formula, after: Formula): Formula => ({
  kind: 'always',
  of: {
    kind: 'or',
    of: [
      { kind: 'not', of: before },
      { kind: 'eventually', of: after },
    ],
  },
});

const infinitelyOften = (of: Formula): Formula => ({ kind: 'always', of: { kind: 'eventually', of } });

/** `WF`: the action is disabled again and again, or taken again and again. */
export const weakFairness = (enabled: StateAtom, action: StepAtom): Formula => ({
  kind: 'or',
  of: [infinitelyOften({ kind: 'not', of: enabled }), infinitelyOften(action)],
});

/** `SF`: the action is disabled for good, or taken again and again. */
export const strongFairness = (enabled: StateAtom, action: StepAtom): Formula => ({
  kind: 'or',
  of: [{ kind: 'not', of: infinitelyOften(enabled) }, infinitelyOften(action)],
});

export type Atom = StateAtom | StepAtom;

/** Every predicate that the formulas are made of, and that guards one. */
export const atomsOf = (formulas: readonly Formula[]): ReadonlySet<Atom> => {
  const atoms = new Set<Atom>();
  const visit = (formula: Formula): void => {
    switch (formula.kind) {
      case 'state':
        return void atoms.add(formula);
      case 'step':
        if (formula.guard !== undefined) atoms.add(formula.guard);
        return void atoms.add(formula);
      case 'and':
      case 'or':
        return formula.of.forEach(visit);
      case 'not':
      case 'always':
      case 'eventually':
        return visit(formula.of);
    }
  };
  formulas.forEach(visit);
  return atoms;
};
