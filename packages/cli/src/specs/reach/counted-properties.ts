/**
 * The properties of the specifications, and the step relation, evaluated so that it is counted which of their parts are: by the checker's evaluator of expressions, on the same
 * states and steps on which the compiled properties are evaluated.
 */
import { relationGroup } from '@vmacheck/invariants';
import type { Properties, PropertyGroup } from '@vmacheck/replay';
import { loadSpec, type ModuleHost } from 'tla2ts';
import { type CountedOperators, countedOperators, type ExpressionCount } from 'tla2ts/node';
import { PROPERTIES } from '../../properties.js';

/** See the head of the file. */
export interface CountedProperties {
  /** In the groups of `PROPERTIES`. */
  readonly all: Properties;
  /** Those that can be told from what a kernel shows. */
  readonly shown: Properties;
  /** Only whether a step is what the specification says. */
  readonly relation: Properties;
  readonly counted: () => readonly ExpressionCount[];
}

const ROOT = 'CountedProperties';
const MODULES = ['Records', 'StateInvariants', 'StepProperties', 'PhaseProperties', 'StepRelation'];

/** @param host reads the modules of the specifications */
export function countedProperties(host: ModuleHost): CountedProperties {
  const text = `---- MODULE ${ROOT} ----\nEXTENDS ${MODULES.join(', ')}\n====\n`;
  const { spec, diagnostics } = loadSpec(ROOT, {
    read: (name) => (name === ROOT ? { file: `${ROOT}.tla`, text } : host.read(name)),
  });
  if (spec === undefined) throw new Error(diagnostics.map(({ message }) => message).join('; '));
  const groups = [...PROPERTIES.state, ...PROPERTIES.step, ...PROPERTIES.phase];
  const known = new Map(spec.definitions.map((definition) => [`${definition.module} ${definition.name}`, definition]));
  const definitionOf = ({ name, source }: Named): Operator => {
    const definition = known.get(`${/(\w+)\.tla/.exec(source)?.[1]} ${name}`);
    if (definition === undefined) throw new Error(`the specifications have no property ${name}: npm run generate`);
    return definition;
  };
  const operators = countedOperators(
    spec,
    groups.flatMap(({ properties }) => properties.map(definitionOf)),
    spec.definitions.flatMap(({ module, body }) =>
      module === 'Records' && body.kind === 'recordSet' ? [body.fields.map(({ name }) => name)] : [],
    ),
  );
  const counting = <Args extends readonly unknown[]>(group: PropertyGroup<Args>): PropertyGroup<Args> =>
    countingGroup(group, operators, definitionOf);
  const step = PROPERTIES.step.map(counting);
  const all = { state: PROPERTIES.state.map(counting), step, phase: PROPERTIES.phase.map(counting) };
  const isRelation = (_: unknown, i: number): boolean => (PROPERTIES.step[i] as object) === relationGroup;
  return {
    all,
    shown: { ...all, step: step.filter((group, i) => !isRelation(group, i)) },
    relation: { state: [], step: step.filter(isRelation), phase: [] },
    counted: operators.counted,
  };
}

type Named = Pick<Properties['state'][number]['properties'][number], 'name' | 'source'>;
type Operator = Parameters<CountedOperators['call']>[0];

function countingGroup<Args extends readonly unknown[]>(
  group: PropertyGroup<Args>,
  operators: CountedOperators,
  definitionOf: (property: Named) => Operator,
): PropertyGroup<Args> {
  const properties = group.properties.map((property) => {
    const operator = definitionOf(property);
    const check = (on: unknown): 1 | -1 => (operators.call(operator, ...(on as Args)) === true ? 1 : -1);
    return { ...property, check };
  });
  return {
    properties,
    subject: (...args) => args,
    evaluate: (on, said) => {
      const verdicts = properties.map(({ check }) => check(on));
      verdicts.forEach((_, i) => (said[i] = (said[i] as number) + 1));
      return verdicts.indexOf(-1);
    },
  };
}
