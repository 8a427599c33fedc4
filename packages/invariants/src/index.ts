/**
 * The properties of specs/, compiled by tla2ts. Nothing here is written by hand but this list: a property is changed in
 * its specification, and the code is generated again (`npm run generate`).
 */
export type * from './generated/types.js';
export { EmptySpace as emptySpace } from './generated/Vma.js';
export { group as stateGroup, properties as stateInvariants } from './generated/StateInvariants.js';
export { group as stepGroup, properties as stepProperties } from './generated/StepProperties.js';
export { group as phaseGroup, properties as phaseProperties } from './generated/PhaseProperties.js';
export {
  Difference as stepDifference,
  group as relationGroup,
  properties as stepRelation,
} from './generated/StepRelation.js';
export { Reach as reach } from './generated/Neighbourhood.js';
export {
  AccountPages as accountPages,
  DataPages as dataPages,
  LockedPages as lockedPages,
  TotalPages as totalPages,
} from './generated/Vma.js';
