import { KernelUnavailable } from '@vmacheck/kernel';
import { expect, test } from 'vitest';
import { explained } from '../src/errors.js';
import { file, vmacheck } from './run.js';

test.each([['check'], ['fuzz'], ['record'], ['replay'], ['simulate'], ['specs'], ['verify']])(
  '%s --help shows the options on stdout and exits 0',
  async (command) => {
    const { code, out, err } = await vmacheck([command, '--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`Usage: vmacheck ${command}`);
    expect(out).toContain('--json');
  },
);

test('--version prints the version', async () => {
  const { code, out } = await vmacheck(['--version']);
  expect(code).toBe(0);
  expect(out).toMatch(/^\d+\.\d+\.\d+/);
});

test.each([
  [['bogus'], /unknown command 'bogus'/],
  [['fuzz', '--bogus'], /unknown option '--bogus'/],
  [['fuzz', '--seed', 'x'], /'--seed <number>' argument 'x' is invalid. It must be a whole number/],
  [['fuzz', '--programs', '0'], /It must be at least 1/],
  [['record', '--steps', '-1'], /whole number/],
  [['replay'], /missing required argument 'file'/],
  [['explain', 'a', 'b'], /too many arguments/],
  [['replay', 'a', '--profile', '5.4'], /Allowed choices are auto, 6.1, 6.12, .*, 7.3/],
  [['verify', '--require', 'qemu'], /Allowed choices are fuzz, kernel, specs/],
])('%j is one clear message and exit code 2', async (args, message) => {
  const { code, out, err } = await vmacheck(args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/^error\[CLI1001\]: .*\n {2}help: .*\n$/);
  expect(err).toMatch(message);
});

test('a file that is not there is an error of the file, exit code 2', async () => {
  const { code, err } = await vmacheck(['replay', 'nothing.ndjson']);
  expect(code).toBe(2);
  expect(err).toMatch(/^error\[TRACE1013\]: cannot read .*nothing\.ndjson.*\n {2}--> .*nothing\.ndjson\n {2}help: /);
});

test('a malformed trace is an error with file and line, exit code 2', async () => {
  const name = file('malformed.ndjson', '\n{"type":"program"\n');
  const { code, err } = await vmacheck(['replay', name]);
  expect(code).toBe(2);
  expect(err).toMatch(/^error\[TRACE1001\]: the line is not JSON.*\n {2}--> .*malformed\.ndjson:2\n {2}help: /);
});

test('a specification that is not there is an error, exit code 2', async () => {
  const { code, err } = await vmacheck(['check', 'Nothing.tla']);
  expect(code).toBe(2);
  expect(err).toMatch(/^error(\[\w+\])?: .*Nothing\.tla/);
});

test('a machine on which nothing can be recorded is an error with exit code 4', () => {
  expect(explained(new KernelUnavailable('this is plan9, not Linux'))).toEqual({
    exitCode: 4,
    text: 'error[CLI4001]: this is plan9, not Linux\n  help: programs run on Linux (x86_64) with a C compiler; other kernels also need qemu-system-x86_64 and an image',
  });
});
