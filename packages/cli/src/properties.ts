/** The properties that are generated from the specifications, in the form that monitors take. */
import type { Properties } from '@vmacheck/replay';

/** All of them. */
export const PROPERTIES: Properties = { state: [], step: [], phase: [] };
