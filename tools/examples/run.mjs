/** Runs a model under `tla2ts check` or under TLC, and gives the verdict in the words of the manifests. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const tla2ts = fileURLToPath(new URL('../../packages/tla2ts/dist/bundle/bin.js', import.meta.url));

/** A process with a limit in seconds: what it prints, how it ends and how long it takes. */
const runProcess = (command, args, cwd, limit) =>
  new Promise((resolve) => {
    const started = performance.now();
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, INIT_CWD: undefined },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A wrapper may start the program in a process of its own: both end at the limit.
      detached: true,
    });
    let [out, complaints, late] = ['', '', false];
    child.stdout.on('data', (text) => (out += text));
    child.stderr.on('data', (text) => (complaints = (complaints + text).slice(0, 20_000)));
    const timer = setTimeout(() => {
      late = true;
      process.kill(-child.pid, 'SIGKILL');
    }, limit * 1000);
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ out, complaints: error.message, late, code: null, seconds: 0 });
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ out, complaints, late, code, seconds: (performance.now() - started) / 1000 });
    });
  });

/** The checker's verdicts in the words of the manifests. */
const verdicts = {
  'safety-violation': 'safety failure',
  'liveness-violation': 'liveness failure',
  deadlock: 'deadlock failure',
  assertion: 'assertion failure',
};

/** The first complaint that is an error, with its code. */
const firstError = (complaints) => {
  const line = complaints.split('\n').find((text) => text.startsWith('error'));
  return (line ?? complaints.split('\n').find((text) => text.includes('Error')) ?? 'no output').slice(0, 160);
};

/** A module with a configuration, both relative to the folder, under `tla2ts check`. Without a verdict it is not known whether there are temporal properties. */
export const runCheck = async (root, module, config, limit) => {
  const args = ['--stack-size=3900', tla2ts, 'check', module, '--config', config, '--json'];
  const { out, complaints, late, seconds } = await runProcess(process.execPath, args, root, limit);
  if (late) return { verdict: 'none', note: `more than ${limit} s`, seconds };
  try {
    const { result, distinct, generated, failure, temporal } = JSON.parse(out.trim().split('\n').at(-1));
    const verdict = verdicts[result] ?? result;
    return { verdict, distinct, generated, note: failure ?? '', temporal: temporal !== undefined, seconds };
  } catch {
    return { verdict: 'none', note: firstError(complaints), seconds };
  }
};

/** What TLC's exit codes mean. From 150 on it cannot read the model, and has no verdict; every other code is an error. */
const exitCodes = {
  0: 'success',
  10: 'assertion failure',
  11: 'deadlock failure',
  12: 'safety failure',
  13: 'liveness failure',
  14: 'assertion failure',
};

/** The same under TLC: `command` starts it and takes its arguments. It looks for modules in the folder of the root module. */
export const runTlc = async (command, folder, module, config, limit) => {
  const args = ['-workers', '1', '-config', config, module];
  const { out, complaints, late, code, seconds } = await runProcess(command, args, folder, limit);
  if (late) return { verdict: 'none', note: `more than ${limit} s`, seconds };
  if (!out.includes('TLC2') || !out.includes('Finished in')) {
    throw new Error(`${command} does not run as TLC does: ${complaints.trim() || out.slice(0, 200)}`);
  }
  const error = /^Error: (?!TLC threw)(.+)$/m.exec(out)?.[1] ?? '';
  return {
    verdict: exitCodes[code] ?? (code >= 150 && code < 255 ? 'none' : 'error'),
    note: error.slice(0, 160),
    seconds,
  };
};
