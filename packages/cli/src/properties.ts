/** The properties that are generated from the specifications, in the form that monitors take. */
import { phaseProperties, stateInvariants, stepProperties } from '@vmacheck/invariants';
import type { Properties } from '@vmacheck/replay';

/** All of them. */
export const PROPERTIES: Properties = { state: stateInvariants, step: stepProperties, phase: phaseProperties };
