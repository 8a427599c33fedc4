/** Megabytes of TLA+ text a second, from characters to the syntax tree, on one core; and whether all of it is accepted, names and levels included. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadSpec, parseModule } from '../../packages/tla2ts/dist/index.js';
import { folderHost } from '../../packages/tla2ts/dist/node/index.js';
import { timed, whole } from './lib/measure.mjs';

export const description =
  'MB/s of TLA+ text read to syntax trees; --examples=DIR adds a folder such as a clone of tlaplus/Examples';

/** Text to read of each input, in MB, so that small inputs are read with warm code, too; and rounds at least. */
const MEGABYTES = 12;
const ROUNDS = 5;
/** Definitions of the generated module, some 1 MB. */
const DEFINITIONS = 2_000;

const specs = fileURLToPath(new URL('../../specs/', import.meta.url));

function folder(path) {
  const names = readdirSync(path, { recursive: true }).filter((file) => file.endsWith('.tla'));
  return names.sort().map((file) => ({ file, path: join(path, file), text: readFileSync(join(path, file), 'utf8') }));
}

/** A module with a bit of everything: operators of many precedences, junction lists, quantifiers, records, comments. */
function generated() {
  const definition = (n) => `
(* What step ${n} does:
   a comment of two lines. *)
Step${n}(p, q) == \\* and one behind the definition
  LET next == [state EXCEPT ![p].count = @ + ${n}, ![q].seen = {x \\in 1 .. ${n % 50} : x % 3 # 0}]
      Wanted(S) == \\A a, b \\in S : a <= b => \\E c \\in S : a + b * c - 1 >= ${n}
  IN  /\\ state[p].kind \\in {"idle", "busy"} /\\ ~(p = q)
      /\\ \\/ state' = next
         \\/ /\\ Wanted(DOMAIN state)
            /\\ UNCHANGED <<state, log>>
      /\\ log' = Append(log, [who |-> p, what |-> <<"step", ${n}>>])
      /\\ IF p = q THEN TRUE ELSE CHOOSE x \\in SUBSET {p, q} : x # {}
`;
  const body = Array.from({ length: DEFINITIONS }, (_, n) => definition(n)).join('');
  const text = `---- MODULE Generated ----\nEXTENDS Naturals, Sequences\nVARIABLES state, log\n${body}====\n`;
  return [{ file: 'Generated.tla', text }];
}

/** Why a module is refused by the whole front end; undefined: it is accepted, or it was generated. */
function refusal({ file, path }) {
  if (path === undefined) return undefined;
  const { diagnostics } = loadSpec(basename(file, '.tla'), folderHost([dirname(path)]));
  const first = diagnostics.find(({ severity }) => severity === 'error');
  return first && `${file} is refused: ${first.message}`;
}

/** @param options `{ examples }` */
export function run({ examples } = {}) {
  const inputs = [
    ['specs/', folder(specs)],
    ['one generated module', generated()],
    ...(examples === undefined ? [] : [[examples, folder(examples)]]),
  ];
  const refused = [];
  const rows = inputs.map(([name, files]) => {
    const bytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
    const times = [];
    const rounds = Math.max(ROUNDS, Math.ceil((MEGABYTES * 1e6) / bytes));
    for (let round = 0; round < rounds; round++) {
      times.push(timed(() => files.forEach(({ file, text }) => parseModule(file, text))));
    }
    const wrong = files.flatMap((file) => refusal(file) ?? []);
    refused.push(...wrong);
    const rate = (ms) => (bytes / 1000 / ms).toFixed(1);
    return [
      name,
      whole(files.length),
      whole(files.length - wrong.length),
      (bytes / 1e6).toFixed(2),
      rate(times[0]),
      rate(Math.min(...times)),
    ];
  });
  const columns = [
    { head: 'input' },
    { head: 'files', align: 'right' },
    { head: 'accepted', align: 'right' },
    { head: 'MB', align: 'right' },
    { head: 'first round, MB/s', align: 'right' },
    { head: 'MB/s', align: 'right' },
  ];
  return { columns, rows, notes: ['the quickest of several rounds', ...refused] };
}
