/**
 * Who may import whom. The table is the rule; a package that is not in a list here may not be imported.
 * What checks never imports what is checked: `invariants` knows neither `model` nor `mremap`, and `kernel` and `model`
 * meet only in traces.
 */
const may = {
  trace: [],
  'tla-runtime': [],
  checker: [],
  model: [],
  mremap: ['model'],
  tla2ts: ['tla-runtime', 'checker'],
  invariants: ['tla-runtime', 'trace'],
  replay: ['trace', 'model', 'mremap', 'invariants'],
  fuzz: ['replay', 'trace'],
  kernel: ['trace'],
  report: ['trace'],
};

const directions = Object.entries(may).map(([from, to]) => ({
  name: `packages/${from}`,
  comment: to.length
    ? `packages/${from} may import only ${to.join(', ')}`
    : `packages/${from} imports no other package`,
  severity: 'error',
  from: { path: `^packages/${from}/src/` },
  to: { path: '^packages/', pathNot: `^packages/(${[from, ...to].join('|')})/` },
}));

export default {
  forbidden: [
    ...directions,
    {
      name: 'compiler-needs-no-checker',
      comment: 'tla2ts compiles without the checker; only exploration (src/explore) and its bin (src/node) know it',
      severity: 'error',
      from: { path: '^packages/tla2ts/src/', pathNot: '^packages/tla2ts/src/(explore|node)/' },
      to: { path: '^packages/checker/' },
    },
    {
      name: 'pure',
      comment: 'only kernel, cli and src/node/ folders may use Node',
      severity: 'error',
      from: { path: '^packages/', pathNot: '^packages/(kernel|cli)/src/|/src/node/|^packages/[^/]+/(test|bench)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: '^packages/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['vmacheck-source', 'import', 'types', 'node', 'default'],
    },
  },
};
