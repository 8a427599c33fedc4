/** The properties that are generated from the specifications, in the form that monitors take. */
import {
  accountPages,
  dataPages,
  lockedPages,
  phaseGroup,
  reach,
  relationGroup,
  stateGroup,
  stepGroup,
  totalPages,
} from '@vmacheck/invariants';
import type { NearOperators, Properties } from '@vmacheck/replay';

/** All of them; the step relation comes last, so that what names the fault more closely is told first. */
export const PROPERTIES: Properties = {
  state: [stateGroup],
  step: [stepGroup, relationGroup],
  phase: [phaseGroup],
};

/** Those that can be told from what a kernel shows: the step relation would need the anon_vma of every VMA. */
export const SHOWN_PROPERTIES: Properties = { ...PROPERTIES, step: [stepGroup] };

/** What the specifications say of where a call reaches. */
export const NEAR: NearOperators = { reach, totalPages, lockedPages, accountPages, dataPages };
