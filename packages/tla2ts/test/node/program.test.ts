import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { run } from '../../src/node/program.js';

let folder = '';
let stdout = '';
let stderr = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tla2ts-'));
  stdout = '';
  stderr = '';
  vi.stubEnv('INIT_CWD', folder);
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((stdout += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((stderr += String(text)), true));
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const lib = '---- MODULE Lib ----\nDouble(x) == <<x, x>>\n====\n';

describe('tla2ts parse', () => {
  it('lists what a module defines; paths are relative to where the user stands', async () => {
    put('M.tla', '---- MODULE M ----\nEXTENDS Naturals\nVARIABLE x\nInc(n) == n + 1\n====\n');
    expect(await run(['parse', 'M.tla'])).toBe(0);
    expect(stdout).toBe('MODULE M\n        EXTENDS Naturals\n     3  VARIABLES x\n     4  Inc(n)\n');
    expect(stderr).toBe('');
  });

  it('--json prints the tree', async () => {
    put('M.tla', '---- MODULE M ----\nA == 12345678901234567890\nB == 7\n====\n');
    expect(await run(['parse', '--json', 'M.tla'])).toBe(0);
    const tree = JSON.parse(stdout) as { readonly units: readonly { readonly body: { readonly value: unknown } }[] };
    expect(tree.units.map((u) => u.body.value)).toEqual(['12345678901234567890', 7]);
  });

  it('shows errors with the source on stderr and exits 2', async () => {
    put('M.tla', '---- MODULE M ----\nA == {1, 2\n====\n');
    expect(await run(['parse', 'M.tla'])).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('error[TLA1102]: found the end of the module, expected `}`\n --> M.tla:3:1');
    expect(stderr).not.toContain('\x1b');
  });
});

describe('tla2ts compile', () => {
  it('writes a file per module to the folder given, and says which', async () => {
    put('M.tla', '---- MODULE M ----\nEXTENDS Lib\nFour == Double(2)\n====\n');
    put('Lib.tla', lib);
    expect(await run(['compile', 'M.tla', '-o', 'out/here'])).toBe(0);
    expect(stdout.split('\n')).toEqual(expect.arrayContaining(['out/here/Lib.ts', 'out/here/M.ts']));
    expect(readFileSync(join(folder, 'out/here/M.ts'), 'utf8')).toContain('export');
  });

  it('writes the same wherever the modules lie: no path begins at the root', async () => {
    put('M.tla', '---- MODULE M ----\nFour == 4\n====\n');
    const far = join(folder, ...'abcdefghijkl');
    mkdirSync(far, { recursive: true });
    vi.stubEnv('INIT_CWD', far);
    expect(await run(['compile', join(folder, 'M.tla'), '-o', join(folder, 'out/here')])).toBe(0);
    expect(readFileSync(join(folder, 'out/here/M.ts'), 'utf8')).toContain('@source ../../M.tla:2');
    expect(readFileSync(join(folder, 'out/here/M.ts'), 'utf8')).not.toContain(tmpdir());
  });

  it('finds mistakes in modules that are extended', async () => {
    put('M.tla', '---- MODULE M ----\nEXTENDS Lib\n====\n');
    put('Lib.tla', lib.replace('<<x, x>>', '<<x, y>>'));
    expect(await run(['compile', 'M'])).toBe(2);
    expect(stderr).toContain('error[TLA1203]: `y` is not defined\n --> Lib.tla:2:19');
  });
});

const switches = [
  '---- MODULE Switch ----',
  'EXTENDS Naturals, TLC',
  'CONSTANT N',
  'VARIABLE on',
  'Init == on = {}',
  "Next == \\E i \\in 1 .. N : on' = on \\cup {i}",
  'Few == 4 \\notin on',
  'Depth == TLCGet("level")',
  'Shallow == Depth < 3',
  '====',
  '',
].join('\n');

describe('tla2ts compile with constants and variables', () => {
  it('writes what the states are, how they follow each other, and the invariants of the configuration', async () => {
    put('Switch.tla', switches);
    put('Switch.cfg', 'INIT Init NEXT Next CONSTANT N = 3 INVARIANT Few');
    expect(await run(['compile', 'Switch', '-o', 'out'])).toBe(0);
    const text = readFileSync(join(folder, 'out/Switch.ts'), 'utf8');
    expect(text).toContain('export function* initialStates(_constants: Constants): Generator<State>');
    expect(text).toContain('export function* nextStates(constants: Constants, state: State): Generator<Step>');
    expect(text).toContain("name: 'Few',\n    source: 'Switch.tla:7',\n    holds: ");
  });

  it('leaves out what means nothing in a program, and says so', async () => {
    put('Switch.tla', switches);
    expect(await run(['compile', 'Switch', '-o', 'out'])).toBe(0);
    expect(stderr).toBe(
      [
        'warning[TLA2005]: `Depth`, `Shallow` are left out: TLCGet of TLC is for the model checker and means nothing in a program',
        ' --> Switch.tla:8:10',
        '  |',
        '8 | Depth == TLCGet("level")',
        '  |          ^^^^^^^^^^^^^^^',
        ' help: `tla2ts check` knows what it can do with it',
        '',
      ].join('\n'),
    );
  });

  it('says which values have no type, and where kinds of values meet', async () => {
    put('Switch.tla', switches.replace('on = {}', 'on = "none"'));
    expect(await run(['compile', 'Switch', '-o', 'out'])).toBe(0);
    expect(stderr).toContain(
      'warning[TLA2012]: no type was found for all values of `on`: they are of type `TlaValue`\n --> Switch.tla:4:10',
    );
  });

  it('knows an action that does not say what becomes of a variable', async () => {
    put('Switch.tla', switches.replace("on' = on", "on' # on"));
    expect(await run(['compile', 'Switch', '-o', 'out'])).toBe(0);
    expect(stderr).toContain('warning[TLA2006]: `nextStates` is left out: `on` has no value here');
  });

  it('wants the names in the configuration to be defined', async () => {
    put('Switch.tla', switches);
    put('Other.cfg', 'INIT Init NEXT Next INVARIANT Fev');
    expect(await run(['compile', 'Switch', '--config', 'Other.cfg'])).toBe(2);
    expect(stderr).toContain('error[TLA3001]: the specification does not define `Fev`\n --> Other.cfg:1:31');
    expect(stderr).toContain('did you mean `Few`?');
  });
});

const clock =
  "---- MODULE Clock ----\nEXTENDS Naturals\nCONSTANT N\nVARIABLE h\nInit == h = 0\nNext == h' = (h + 1) % N\nSmall == h < 3\n====\n";

describe('tla2ts check', () => {
  it('explores with the configuration of the same name', async () => {
    put('Clock.tla', clock);
    put('Clock.cfg', 'INIT Init NEXT Next CONSTANT N = 3 INVARIANT Small');
    expect(await run(['check', 'Clock.tla', '--json'])).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      spec: 'Clock.tla',
      config: 'Clock.cfg',
      result: 'success',
      distinct: 3,
      depth: 3,
    });
  });

  it('shows a shortest counterexample and exits 1', async () => {
    put('Clock.tla', clock);
    put('Big.cfg', 'INIT Init NEXT Next CONSTANT N = 9 INVARIANT Small');
    expect(await run(['check', 'Clock', '--config', 'Big.cfg'])).toBe(1);
    expect(stdout).toMatch(/^violated: invariant Small\n/);
    expect(stdout).toContain('h = 3');
  });

  it('says which bound ended it and exits 3', async () => {
    put('Clock.tla', clock);
    put('Clock.cfg', 'INIT Init NEXT Next CONSTANT N = 9');
    expect(await run(['check', 'Clock', '--max-depth', '2'])).toBe(3);
    expect(stdout).toContain('inconclusive');
  });

  it.each([
    ['that is not there', undefined, 'error: cannot read the configuration Clock.cfg: there is no such file'],
    ['that is wrong', 'INITS Init', 'error[TLA1401]: found `INITS`'],
    ['that names what is not defined', 'INIT Start NEXT Next CONSTANT N = 3', 'Clock.cfg:1:6'],
  ])('refuses a configuration %s', async (_what, text, message) => {
    put('Clock.tla', clock);
    if (text !== undefined) put('Clock.cfg', text);
    expect(await run(['check', 'Clock'])).toBe(2);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
  });
});

describe('tla2ts eval', () => {
  const sets =
    '---- MODULE Sets ----\nEXTENDS Naturals\nCONSTANTS N, P\nVARIABLE v\nAt(f) == f[N]\nMore == v > N\n====\n';

  it.each([
    ['1 + 1', '2'],
    ['{3, 1, 2} \\ {2}', '{1, 3}'],
    ['1 .. 3', '1..3'],
    ['0 .. -1', '{}'],
    ['[x \\in {2, 3} |-> x * x]', '(2 :> 4 @@ 3 :> 9)'],
    ['[a |-> <<1, "x">>, b |-> TRUE]', '[a |-> <<1, "x">>, b |-> TRUE]'],
    ['SUBSET {1, 2}', '{{}, {1}, {2}, {1, 2}}'],
    ['[1 .. 40 -> SUBSET Nat]', '[1..40 -> SUBSET Nat]'],
    ['(1 .. 2000) \\X (1 .. 2000)', '(1..2000) \\X (1..2000)'],
    ['[a : Nat, b : 1 .. 2]', '[a : Nat, b : 1..2]'],
    ['Nat \\cup {-1}', '(Nat \\cup {-1})'],
    ['Seq({1})', 'Seq({1})'],
    ['{x \\in Int : x < 0}', '{x \\in Int : ...}'],
    ['[x \\in Nat |-> x]', '[x \\in Nat |-> ...]'],
    [String.raw`"a\t\"\\"`, String.raw`"a\t\"\\"`],
    ['Max({3, 7})', '7'],
    ['LET Max == 3 IN Max', '3'],
    ['/\\ TRUE\n/\\ 1 = 2', 'FALSE'],
    ['-5 % 3 \\* a comment', '1'],
  ])('prints the value of %s', async (expression, value) => {
    expect(await run(['eval', '--', expression])).toBe(0);
    expect(stdout).toBe(`${value}\n`);
    expect(stderr).toBe('');
  });

  it('shows where an expression fails, and goes on with the next', async () => {
    expect(await run(['eval', '<<1, 2>>[3]', '2 * 3'])).toBe(1);
    expect(stdout).toBe('6\n');
    expect(stderr).toBe(
      [
        'error[TLA3103]: the function is applied to 3, which is not in its domain: <<1, 2>>',
        ' --> expression 1:1:1',
        '  |',
        '1 | <<1, 2>>[3]',
        '  | ^^^^^^^^^^^',
        '',
        '1 error',
        '',
      ].join('\n'),
    );
  });

  it.each([
    ['', 'expression:1:1', 'found the end of the expression, expected an expression'],
    ['1 +', 'expression:1:4', 'found the end of the expression, expected an expression'],
    ['1 B == 2', 'expression:1:3', 'the expression ends here, but there is more'],
    ['1 ====', 'expression:1:3', 'the expression ends here, but there is more'],
    ['1 ==== junk', 'expression:1:3', 'the expression ends here, but there is more'],
    ["TRUE /\\ 1' = 2", 'expression:1:1', 'a constant expression is evaluated, but this is action level'],
    ['/\\ TRUE\n/\\ Foo(1)', 'expression:2:4', 'operator `Foo` is not defined'],
  ])('refuses %s', async (expression, place, message) => {
    expect(await run(['eval', expression])).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
    expect(stderr).toContain(`--> ${place}\n`);
  });

  it("knows a module's definitions, and the constants of a configuration", async () => {
    put('Sets.tla', sets);
    put('Sets.cfg', 'CONSTANTS N = 3 P = {p, q}');
    expect(
      await run(['eval', '--module', 'Sets.tla', '--config', 'Sets.cfg', 'At(<<4, 5, 6>>)', 'Cardinality(P)']),
    ).toBe(0);
    expect(stdout).toBe('6\n2\n');
    expect(await run(['eval', '--module', 'Sets.tla', '--config', 'Sets.cfg', '--json', 'At(<<>>)', 'More'])).toBe(2);
    expect(
      stdout
        .split('\n')
        .slice(2, 4)
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      {
        expression: 'At(<<>>)',
        errors: [
          {
            code: 'TLA3103',
            message: 'the function is applied to 3, which is not in its domain: <<>>',
            file: 'Sets.tla',
            line: 5,
            column: 10,
          },
        ],
      },
      {
        expression: 'More',
        errors: [
          {
            code: 'TLA3008',
            message: 'a constant expression is evaluated, but this is state level: there is no state',
            file: 'expression 2',
            line: 1,
            column: 1,
          },
        ],
      },
    ]);
  });

  it('needs only the constants that are used', async () => {
    put('Sets.tla', sets);
    expect(await run(['eval', '--module', 'Sets', '1 + 1'])).toBe(0);
    expect(await run(['eval', '--module', 'Sets', 'At(<<4>>)'])).toBe(1);
    expect(stderr).toContain('the constant N has no value\n --> Sets.tla:5:12');
  });

  it('prints what PrintT prints on stderr', async () => {
    expect(await run(['eval', 'PrintT("seen")'])).toBe(0);
    expect([stdout, stderr]).toEqual(['TRUE\n', '"seen"\n']);
  });
});

describe('tla2ts simulate', () => {
  const cfg = 'INIT Init NEXT Next CONSTANT N = 9 INVARIANT Small';

  it('shows a shortest violation that it met, the seed and the counts', async () => {
    put('Clock.tla', clock);
    put('Clock.cfg', cfg);
    expect(await run(['simulate', 'Clock', '--seed', '7', '--num', '20'])).toBe(1);
    expect(stdout.replace(/\d\.\d\d s/, 'T')).toBe(
      [
        'violated: invariant Small',
        '',
        '  1  initial state',
        '       h = 0',
        ...[1, 2, 3].flatMap((h) => [`  ${h + 1}  Next${'Clock.tla:6:9'.padStart(71)}`, `       h = ${h}`]),
        '',
        '20 behaviours, 40 steps, the longest 3 states; 42 states tested, T',
        'seed 7',
        '',
      ].join('\n'),
    );
  });

  it('is the same for the same seed, and says what it did as JSON', async () => {
    put('Clock.tla', clock);
    put('Clock.cfg', cfg);
    const args = ['simulate', 'Clock', '--seed', '7', '--depth', '3', '--num', '4', '--json'];
    expect(await run(args)).toBe(0);
    const first = JSON.parse(stdout) as { seconds: number };
    expect(first).toMatchObject({ result: 'success', seed: 7, behaviours: 4, steps: 8, tested: 9, longest: 3 });
    stdout = '';
    await run(args);
    expect({ ...(JSON.parse(stdout) as object), seconds: first.seconds }).toEqual(first);
  });

  it('warns of a property that it does not test', async () => {
    put('Clock.tla', clock.replace('====', 'Ends == <>(h = 8)\n===='));
    put('Clock.cfg', 'INIT Init NEXT Next CONSTANT N = 3 PROPERTY Ends');
    expect(await run(['simulate', 'Clock', '--num', '2'])).toBe(0);
    expect(stderr).toContain('warning[TLA3012]: random behaviours do not test the property `Ends`');
  });

  it('tells of an assumption that is false before it walks', async () => {
    put('Clock.tla', clock.replace('VARIABLE', 'ASSUME N = 8\nVARIABLE'));
    put('Clock.cfg', cfg);
    expect(await run(['simulate', 'Clock', '--json'])).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      result: 'assertion',
      failure: 'Clock.tla:4:8: the assumption ASSUME is false',
      behaviours: 0,
    });
  });

  it.each([
    ['--seed', '-1'],
    ['--depth', '1.5'],
    ['--num', '0'],
    ['--seconds', 'x'],
  ])('refuses %s %s', async (option, value) => {
    expect(await run(['simulate', 'Clock', `${option}=${value}`])).toBe(2);
    expect(stderr).toContain('It has to be a');
  });
});

describe('one clear message and exit code 2', () => {
  it.each([
    ['a file that is not there', ['parse', 'No.tla'], 'error: cannot read No.tla: there is no such file\n'],
    ['a spec that is not there', ['compile', 'No.tla'], 'error: cannot read No.tla: there is no such file\n'],
    ['a folder', ['parse', '.'], 'error: cannot read .: it is a folder\n'],
    ['an unknown option', ['parse', '--fast', 'M.tla'], "error: unknown option '--fast'"],
    ['an unknown command', ['prase', 'M.tla'], "error: unknown command 'prase'"],
    ['a missing argument', ['parse'], "error: missing required argument 'file'"],
  ])('for %s', async (_what, args, message) => {
    expect(await run(args)).toBe(2);
    expect(stderr.startsWith(message)).toBe(true);
    expect(stdout).toBe('');
  });

  it('but --help exits 0', async () => {
    expect(await run(['--help'])).toBe(0);
    expect(stdout).toContain('Usage: tla2ts');
  });
});
