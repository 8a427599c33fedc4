/** `vmacheck verify`: the specifications, the properties, and the kernel of this machine, stage by stage. */
import { type Command, Option } from 'commander';
import { counted } from '@vmacheck/report';
import { CliError } from '../errors.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Done } from '../main.js';
import { seedNumber } from '../options.js';
import { paint, print, printJson, Progress, type Terminal } from '../terminal.js';
import { fuzzStage } from '../verify/fuzz-stage.js';
import { kernelStage } from '../verify/kernel-stage.js';
import { specsStage } from '../verify/specs-stage.js';
import type { Stage, StageContext, StageResult } from '../verify/stage.js';

const STAGES: readonly Stage[] = [specsStage, fuzzStage, kernelStage];

interface VerifyOptions {
  readonly seed: number;
  readonly require?: readonly string[];
  readonly json?: boolean;
}

interface Finished extends StageResult {
  readonly name: string;
  readonly seconds: number;
}

export function addVerify(program: Command, terminal: Terminal, done: Done): void {
  program
    .command('verify')
    .description('explore the specifications, fuzz the model under their properties, compare it with this kernel')
    .addOption(
      new Option('--require <stage...>', 'exit 4 when this stage is skipped').choices(STAGES.map(({ name }) => name)),
    )
    .option('--seed <number>', 'for the generated programs', seedNumber, 1)
    .option('--json', 'print the result as JSON')
    .action(async (options: VerifyOptions) => done(await verify(options, terminal)));
}

async function verify(options: VerifyOptions, terminal: Terminal): Promise<ExitCode> {
  const { json = false, require: required = [] } = options;
  const progress = new Progress(terminal);
  const context: StageContext = { terminal, progress, paint: paint(terminal), seed: options.seed };
  const finished: Finished[] = [];
  for (const stage of STAGES) {
    const started = performance.now();
    const found = await stage.run(context);
    progress.clear();
    const ended = { ...found, name: stage.name, seconds: Math.round(performance.now() - started) / 1000 };
    finished.push(ended);
    if (!json) print(terminal, [...stageLines(stage, ended, context), '']);
    if (ended.result === 'interrupted') break;
  }
  const result = verdictOf(finished);
  if (json) {
    const stages = finished.map(({ name, result: each, why, seconds, measured }) => ({
      name,
      result: each,
      ...(why === undefined ? {} : { why }),
      seconds,
      ...measured,
    }));
    printJson(terminal, { result: result.text, skipped: result.skipped, stages });
  } else {
    print(terminal, result.text);
  }
  if (result.exitCode !== EXIT.holds) return result.exitCode;
  const missing = finished.find((stage) => stage.result === 'skipped' && required.includes(stage.name));
  if (missing === undefined) return EXIT.holds;
  const help = `run it where the stage can run, or without --require ${missing.name}`;
  throw new CliError('CLI4002', `stage ${missing.name} was skipped: ${missing.why}`, { help });
}

function stageLines(stage: Stage, { result, why, lines, seconds }: Finished, context: StageContext): readonly string[] {
  const { bold, good, bad, warn } = context.paint;
  const said = why === undefined ? result : `${result}: ${why}`;
  const shown = { passed: good, failed: bad, skipped: warn, interrupted: warn }[result](said);
  return [
    `${bold(stage.name)}: ${stage.title}`,
    ...lines.map((line) => `  ${line}`.trimEnd()),
    `  ${shown} (${seconds.toFixed(1)} s)`,
  ];
}

function verdictOf(stages: readonly Finished[]): { text: string; skipped: number; exitCode: ExitCode } {
  const count = (result: StageResult['result']): number => stages.filter((stage) => stage.result === result).length;
  const skipped = count('skipped');
  if (count('failed') > 0) return { text: 'failed', skipped, exitCode: EXIT.violated };
  if (count('interrupted') > 0) return { text: 'interrupted', skipped, exitCode: EXIT.interrupted };
  const text = skipped === 0 ? 'passed' : `passed, ${counted(skipped, 'stage')} skipped`;
  return { text, skipped, exitCode: EXIT.holds };
}
