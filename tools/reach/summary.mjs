/** What a coverage report in Istanbul's form says of each file: how much was reached, and the places that were not. */

/** `{ file, lines, branches, left }`; `lines` and `branches` are `{ reached, all }`, `left` is sorted by line. */
export function summaries(report, root) {
  return Object.values(report)
    .map((file) => summary(file, root))
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}

function summary({ path, statementMap, s, branchMap, b, fnMap, f }, root) {
  const lines = new Map();
  for (const [id, { start }] of Object.entries(statementMap)) {
    lines.set(start.line, Math.max(lines.get(start.line) ?? 0, s[id]));
  }
  const left = new Map();
  const leave = (line, column, what) => left.set(`${line}:${column}`, { line, column, what });
  for (const [line, count] of lines) if (count === 0) leave(line, 0, 'line');
  for (const { name, decl, line } of missed(fnMap, f)) leave(line ?? decl.start.line, 1, `function ${name}`);
  let reached = 0;
  let all = 0;
  for (const [id, { type, locations, loc }] of Object.entries(branchMap)) {
    for (const [i, count] of b[id].entries()) {
      all += 1;
      if (count > 0) reached += 1;
      else {
        const at = locations[i]?.start?.line === undefined ? loc.start : locations[i].start;
        leave(at.line, at.column ?? 0, `${type} ${i + 1} of ${locations.length}`);
      }
    }
  }
  const covered = [...lines.values()].filter((count) => count > 0).length;
  return {
    file: path.startsWith(root) ? path.slice(root.length).replace(/^\//, '') : path,
    lines: { reached: covered, all: lines.size },
    branches: { reached, all },
    left: [...left.values()].sort((x, y) => x.line - y.line || x.column - y.column),
  };
}

const missed = (map, counts) =>
  Object.entries(map)
    .filter(([id]) => counts[id] === 0)
    .map(([, entry]) => entry);

/** The sum over files. */
export function total(list) {
  const sum = (key) => ({
    reached: list.reduce((n, file) => n + file[key].reached, 0),
    all: list.reduce((n, file) => n + file[key].all, 0),
  });
  return { lines: sum('lines'), branches: sum('branches') };
}

/** A share with one decimal, rounded down: what is not all is not 100. */
export const percent = ({ reached, all }) => (all === 0 ? 100 : Math.floor((reached * 1000) / all) / 10);
