/** Runs the stages of `vmacheck verify`, prints what each found, and gives the verdict. */
import { counted } from '@vmacheck/report';
import { CliError } from '../errors.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { paint, print, printJson, Progress, type Terminal } from '../terminal.js';
import type { Stage, StageContext, StageResult } from './stage.js';

/** How to run them. */
export interface StageOptions {
  readonly seed: number;
  /** Stages that may not be skipped. */
  readonly require?: readonly string[];
  readonly json?: boolean;
}

interface Finished extends StageResult {
  readonly name: string;
  readonly seconds: number;
}

/**
 * One after the other; a stage that failed does not keep the next from running.
 *
 * @throws CliError when a required stage was skipped
 */
export async function runStages(
  stages: readonly Stage[],
  options: StageOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const { json = false, require: required = [] } = options;
  const progress = new Progress(terminal);
  const context: StageContext = { terminal, progress, paint: paint(terminal), seed: options.seed };
  const finished: Finished[] = [];
  for (const stage of stages) {
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
