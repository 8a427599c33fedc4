/** Every model of specs/manifest.json, explored. */
import { type Stage, type StageResult, skipped } from './stage.js';

export const specsStage: Stage = {
  name: 'specs',
  title: 'the specifications, explored exhaustively within the bounds of their configurations',
  run,
};

async function run(): Promise<StageResult> {
  return skipped('not there');
}
