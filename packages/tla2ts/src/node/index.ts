/** What needs Node or the checker: modules from folders, exploration. */
export * from '../explore/index.js';
export { folderHost, moduleOfPath, type FolderHost } from './files.js';
export { bytesFrom } from './memory-size.js';
export { ProgressText } from './progress.js';
export type { CheckInput } from '../explore/check-input.js';
export { RunError, type RunOptions, runCheck } from './run-check.js';
export { writeTrace } from './write-trace.js';
