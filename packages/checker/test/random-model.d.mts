import type { Model } from '../src/index.js';

export interface RandomForm {
  readonly seed: number;
  readonly nodes: number;
  readonly spread: number;
  readonly actions: number;
  readonly faults?: readonly ('deadlock' | 'error' | 'invariant' | 'step')[];
  readonly view?: boolean;
  readonly constraint?: boolean;
}

export declare const randomModel: (form: RandomForm, lateness?: number) => Model;
