/** `vmacheck verify`: the specifications, the properties, and the kernel of this machine, stage by stage. */
import { type Command, Option } from 'commander';
import type { Done } from '../main.js';
import { seedNumber } from '../options.js';
import type { Terminal } from '../terminal.js';
import { fuzzStage } from '../verify/fuzz-stage.js';
import { kernelStage } from '../verify/kernel-stage.js';
import { specsStage } from '../verify/specs-stage.js';
import { runStages, type StageOptions } from '../verify/run-stages.js';
import type { Stage } from '../verify/stage.js';

/**
 * What takes seconds comes first. Explorations come last for another reason, too: they reserve most of the memory, and Linux starts no program from a
 * process whose copy might need more than there is (ENOMEM of fork).
 */
const STAGES: readonly Stage[] = [fuzzStage, kernelStage, specsStage];

export function addVerify(program: Command, terminal: Terminal, done: Done): void {
  program
    .command('verify')
    .description('explore the specifications, fuzz the model under their properties, compare it with this kernel')
    .addOption(
      new Option('--require <stage...>', 'exit 4 when this stage is skipped').choices(STAGES.map(({ name }) => name)),
    )
    .option('--seed <number>', 'for the generated programs', seedNumber, 1)
    .option('--json', 'print the result as JSON')
    .action(async (options: StageOptions) => done(await runStages(STAGES, options, terminal)));
}
