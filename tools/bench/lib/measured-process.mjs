/** A process of its own: how long it takes, and how much memory it has had at most. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** GNU time, which knows the peak of a process that has ended. */
const time = '/usr/bin/time';

export const knowsMemory = existsSync(time);

/**
 * Runs a command, for so many seconds at most. `seconds` are those on the wall, `mebibytes` the peak of resident memory where it is known; `late`: it did not
 * end in time.
 */
export const measured = (command, args, { cwd, limit }) =>
  new Promise((resolve, reject) => {
    const folder = mkdtempSync(join(tmpdir(), 'measured-'));
    const facts = join(folder, 'facts');
    const line = knowsMemory ? [time, '-f', '%M', '-o', facts, command, ...args] : [command, ...args];
    const started = performance.now();
    // In a group of its own: all that it starts ends with it.
    const child = spawn(line[0], line.slice(1), { cwd, detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
    const stop = () => process.kill(-child.pid, 'SIGKILL');
    let [stdout, late] = ['', false];
    const timer = setTimeout(() => {
      late = true;
      stop();
    }, limit * 1000);
    process.once('exit', stop);
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.on('error', reject);
    child.on('close', (status) => {
      const seconds = (performance.now() - started) / 1000;
      clearTimeout(timer);
      process.removeListener('exit', stop);
      const kibibytes = existsSync(facts) ? Number(readFileSync(facts, 'utf8').trim().split('\n').at(-1)) : NaN;
      rmSync(folder, { recursive: true });
      resolve({ stdout, status, late, seconds, ...(kibibytes > 0 && { mebibytes: kibibytes / 1024 }) });
    });
  });
