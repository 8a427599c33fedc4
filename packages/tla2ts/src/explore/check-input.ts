import type { ModelConfig } from '../config/config.js';
import type { ModuleSource } from '../names/modules.js';
import type { ResolvedSpec } from '../names/resolved.js';

/** A specification and its configuration with their texts. */
export interface CheckInput {
  readonly spec: ResolvedSpec;
  readonly config: ModelConfig;
  readonly configText: string;
  /** The modules that it is made of, by name. */
  readonly modules: ReadonlyMap<string, ModuleSource>;
}
