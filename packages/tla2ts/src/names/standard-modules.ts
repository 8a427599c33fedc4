/**
 * The names that the standard modules and the CommunityModules define. Their meaning is the run-time library's; here are only names and arities.
 */
import type { BuiltinSymbol } from './resolved.js';

export interface StandardModule {
  readonly name: string;
  readonly extends: readonly string[];
  /** Modules of the community give way to a file of the user's with the same name. */
  readonly community: boolean;
  readonly symbols: ReadonlyMap<string, BuiltinSymbol>;
}

/**
 * `Append:00` takes two values, `SelectSeq:01` a value and an operator of one argument, `Nat` nothing. The name ends at the last colon.
 */
type Row = readonly [name: string, extended: string, signatures: string];

const LANGUAGE: Row = [
  'TLA',
  '',
  "BOOLEAN STRING ~:0 []:0 <>:0 ENABLED:0 UNCHANGED:0 SUBSET:0 UNION:0 DOMAIN:0 ':0 =:00 /=:00 =>:00 <=>:00 /\\:00 \\/:00 \\in:00 \\notin:00 " +
    '\\subseteq:00 \\:00 \\cap:00 \\cup:00 ~>:00 -+->:00 \\cdot:00',
];

const STANDARD: readonly Row[] = [
  ['Naturals', '', 'Nat +:00 -:00 *:00 ^:00 <:00 >:00 <=:00 >=:00 %:00 \\div:00 ..:00'],
  ['Integers', 'Naturals', 'Int -.:0'],
  ['Reals', 'Integers', 'Real /:00 Infinity'],
  ['Sequences', '', 'Seq:0 Len:0 \\o:00 Append:00 Head:0 Tail:0 SubSeq:000 SelectSeq:01'],
  ['FiniteSets', '', 'IsFiniteSet:0 Cardinality:0'],
  [
    'TLC',
    '',
    'Print:00 PrintT:0 Assert:00 JavaTime TLCGet:0 TLCSet:00 :>:00 @@:00 Permutations:0 SortSeq:02 RandomElement:0 Any ToString:0 TLCEval:0',
  ],
  [
    'Bags',
    'TLC',
    'IsABag:0 BagToSet:0 SetToBag:0 BagIn:00 EmptyBag (+):00 (-):00 BagUnion:0 \\sqsubseteq:00 SubBag:0 BagOfAll:10 BagCardinality:0 CopiesIn:00',
  ],
  [
    'TLCExt',
    '',
    'AssertEq:00 AssertError:00 TLCGetOrDefault:00 TLCGetAndSet:0200 Trace CounterExample ToTrace:0 TLCModelValue:0 TLCDefer:0 TLCNoOp:0 ' +
      'PickSuccessor:0 TLCCache:00 TLCFP:0 TLCEvalDefinition:0',
  ],
  ['Randomization', '', 'RandomSubset:00 RandomSetOfSubsets:000 TestRandomSetOfSubsets:000'],
  ['Toolbox', '', '_TETrace _TEPosition'],
  [
    'Json',
    '',
    'ToJson:0 ToJsonArray:0 ToJsonObject:0 JsonSerialize:00 JsonDeserialize:0 ndJsonSerialize:00 ndJsonDeserialize:0',
  ],
];

const PROVERS =
  'SimpleArithmetic SMT SMTT:0 CVC3 CVC3T:0 CVC4 CVC4T:0 Yices YicesT:0 veriT veriTT:0 Zipper ZipperT:0 Z3 Z3T:0 Spass SpassT:0 LS4 LS4T:0 PTL Zenon ' +
  'ZenonT:0 Isa IsaT:0 IsaM:0 IsaMT:00 IsaWithSetExtensionality SlowZenon SlowerZenon VerySlowZenon SlowestZenon Auto SlowAuto SlowerAuto SlowestAuto ' +
  'Force SlowForce SlowerForce SlowestForce SimplifyAndSolve Simplification Blast SlowBlast SlowerBlast SlowestBlast AutoBlast AllProvers AllProversT:0 ' +
  'AllSMT AllSMTT:0 AllIsa AllIsaT:0 ExpandENABLED ExpandCdot AutoUSE Lambdify ENABLEDaxioms LevelComparison EnabledWrapper:0 CdotWrapper:0 Trivial';

const COMMUNITY: readonly Row[] = [
  ['TLAPS', '', PROVERS],
  [
    'NaturalsInduction',
    'Integers',
    'NatInductiveDefHypothesis:002 NatInductiveDefConclusion:002 FiniteNatInductiveDefHypothesis:00200 FiniteNatInductiveDefConclusion:00200',
  ],
  [
    'WellFoundedInduction',
    'NaturalsInduction',
    'IsTransitivelyClosedOn:00 IsWellFoundedOn:00 SetLessThan:000 WFDefOn:002 OpDefinesFcn:002 WFInductiveDefines:002 WFInductiveUnique:02 ' +
      'TransitiveClosureOn:00 OpToRel:20 PreImage:100 LexPairOrdering:0000 LexProductOrdering:000',
  ],
  ['FunctionTheorems', 'Functions Integers FiniteSets', ''],
  [
    'FiniteSetTheorems',
    'FiniteSets Integers Functions WellFoundedInduction',
    'FiniteSubsetsOf:0 StrictSubsetOrdering:0',
  ],
  ['FiniteSetsExtTheorems', 'FiniteSetsExt', ''],
  ['SequenceTheorems', 'Sequences Functions Integers', ''],
  ['SequencesExtTheorems', 'SequencesExt', ''],
  ['BagsTheorems', 'Bags', 'Scaling:00 SeqToBag:0'],
  ['BagsExt', '', 'BagAdd:00 BagRemove:00 BagRemoveAll:00 MapThenFoldBag:20110 FoldBag:200 SumBag:0 ProductBag:0'],
  ['Bitwise', '', '&:00 |:00 ^^:00 Not:0 shiftR:00'],
  ['CSV', '', 'CSVWrite:000 CSVWriteRecord:0000 CSVRead:000 CSVRecords:0'],
  ['Combinatorics', 'Naturals', 'factorial choose:00'],
  ['DifferentialEquations', '', 'Integrate:0000'],
  ['DyadicRationals', '', 'IsDyadicRational:0 Zero One Add:00 Half:0 PrettyPrint:0'],
  ['Folds', '', 'MapThenFoldSet:20110'],
  [
    'Functions',
    'Integers Folds',
    'Restrict:00 RestrictDomain:01 RestrictValues:01 IsRestriction:00 Range:0 Pointwise:002 Inverse:000 AntiFunction:0 IsInjective:0 Injection:00 ' +
      'Surjection:00 Bijection:00 ExistsInjection:00 ExistsSurjection:00 ExistsBijection:00 FoldFunctionOnSet:2000 FoldFunction:200 ' +
      'SumFunctionOnSet:00 SumFunction:0',
  ],
  [
    'FiniteSetsExt',
    'Integers FiniteSets Folds Functions',
    'FoldSet:200 SumSet:0 ProductSet:0 ReduceSet:200 MapThenSumSet:10 FlattenSet:0 SymDiff:00 Quantify:01 kSubset:00 Max:0 Min:0 Choices:0 ChooseUnique:01',
  ],
  [
    'SequencesExt',
    'Sequences Naturals FiniteSets FiniteSetsExt Folds Functions Bags TLC',
    'ToSet:0 ToBag:0 SetToSeq:0 SetToSeqs:0 SetToSortSeq:02 SetToAllKPermutations:0 TupleOf:00 SeqOf:00 BoundedSeq:00 Contains:00 IsSorted:02 ' +
      'Reverse:0 Remove:00 ReplaceAll:000 SelectInSeq:01 SelectInSubSeq:0001 SelectLastInSeq:01 SelectLastInSubSeq:0001 InsertAt:000 ReplaceAt:000 ' +
      'RemoveAt:00 RemoveFirst:00 RemoveFirstMatch:01 Cons:00 Snoc:00 Front:0 Last:0 IsPrefix:00 IsStrictPrefix:00 IsSuffix:00 IsStrictSuffix:00 ' +
      'Prefixes:0 CommonPrefixes:0 LongestCommonPrefix:0 Suffixes:0 SeqMod:00 FoldSeq:200 FoldLeft:200 FoldRight:200 FoldLeftDomain:200 ' +
      'FoldRightDomain:200 FlattenSeq:0 Zip:00 Interleave:00 SubSeqs:0 AllSubSeqs:0 IndexFirstSubSeq:00 ReplaceSubSeqAt:0000 ReplaceFirstSubSeq:000 ' +
      'ReplaceAllSubSeqs:000',
  ],
  [
    'Graphs',
    'Naturals Sequences FiniteSets SequencesExt Relation',
    'IsDirectedGraph:0 DirectedSubgraph:0 Transpose:0 IsUndirectedGraph:0 UndirectedSubgraph:0 Path:0 SimplePath:0 AreConnectedIn:000 ' +
      'IsStronglyConnected:0 ConnectionsIn:0 IsTreeWithRoot:00 GraphUnion:00 IsBipartiteWithPartitions:000 HasCycle:0 IsDag:0 Successors:00 ' +
      'AllSuccessors:00 Predecessors:00 AllPredecessors:00 Ancestors:00 Descendants:00 InDegree:00 OutDegree:00 Roots:0 Leaves:0 EmptyGraph Graphs:0',
  ],
  [
    'UndirectedGraphs',
    '',
    'IsUndirectedGraph:0 IsLoopFreeUndirectedGraph:0 UndirectedSubgraph:0 Path:0 SimplePath:0 AreConnectedIn:000 ConnectedComponents:0 ' +
      'IsStronglyConnected:0 UndirectedGraphs:0',
  ],
  [
    'Relation',
    'Naturals FiniteSets',
    'IsReflexive:00 IsReflexiveUnder:20 IsIrreflexive:00 IsIrreflexiveUnder:20 IsSymmetric:00 IsSymmetricUnder:20 IsAntiSymmetric:00 ' +
      'IsAntiSymmetricUnder:20 IsAsymmetric:00 IsAsymmetricUnder:20 IsTransitive:00 IsTransitiveUnder:20 IsStrictlyPartiallyOrdered:00 ' +
      'IsStrictlyPartiallyOrderedUnder:20 IsPartiallyOrdered:00 IsPartiallyOrderedUnder:20 IsStrictlyTotallyOrdered:00 ' +
      'IsStrictlyTotallyOrderedUnder:20 IsTotallyOrdered:00 IsTotallyOrderedUnder:20 TransitiveClosure:00 ReflexiveTransitiveClosure:00 IsConnected:00',
  ],
  ['VectorClocks', 'Naturals Sequences Functions', 'IsCausalOrder:01 CausalOrder:0111'],
  ['Statistics', 'Naturals', 'ChiSquare:000'],
  [
    'IOUtils',
    '',
    'IOSerialize:000 IODeserialize:00 Serialize:000 Deserialize:00 IOExec:0 IOEnvExec:00 IOExecTemplate:00 IOEnvExecTemplate:000 IOEnv atoi:0 zeroPadN:00',
  ],
  [
    'SVG',
    '',
    'SVGElem:0000 Line:00000 Circle:0000 Rect:00000 Text:0000 Image:000000 Group:00 Svg:00 SVGDoc:000000 SVGElemToString:0 NodeOfRingNetwork:00000 ' +
      'NodesOfDirectedMultiGraph:000 PointOnLine:000 SVGSerialize:000',
  ],
  ['ShiViz', '', 'Host Clock'],
  ['Quorum', '', 'QuorumSystem:0'],
  ['GraphViz', '', 'DotDiGraph:011'],
  [
    'HTML',
    '',
    'HTMLFill:00 HTMLDocument:000 HTMLClass:00 HTMLAttribute:00 HTMLDefaultStyle HTMLStyleSheet:0 HTMLScriptFile:0 HTMLScript:0 HTMLLink:00 ' +
      'HTMLHeader:000 HTMLBody:0 HTMLFrame:00 HTMLGridContainer:000 HTMLBox:0000 HTMLCircle:0000 HTMLText:00 HTMLSVG:0000 HTMLSize:00 HTMLNewLine ' +
      'HTMLFlexCenterAttributes HTMLJSLineElems:00 HTMLJSLine:0000 HTMLJSLineDash:0000 HTMLJSKeyListener:0 HTMLJSNavigationKey:00',
  ],
  [
    'Apalache',
    '',
    ':=:00 Gen:0 Guess:0 Skolem:0 Expand:0 ConstCardinality:0 SetAsFun:0 MkSeq:01 FunAsSeq:000 ApaFoldSet:200 ApaFoldSeqLeft:200 Repeat:200',
  ],
];

function moduleOf([name, extended, signatures]: Row, community: boolean): StandardModule {
  const symbols = new Map<string, BuiltinSymbol>();
  for (const signature of signatures.split(' ').filter((s) => s !== '')) {
    const parts = /^(.+):(\d+)$/.exec(signature);
    const symbol = parts?.[1] ?? signature;
    const argumentArities = [...(parts?.[2] ?? '')].map(Number);
    symbols.set(symbol, {
      kind: 'builtin',
      module: name,
      name: symbol,
      arity: argumentArities.length,
      argumentArities,
    });
  }
  return { name, extends: extended.split(' ').filter((e) => e !== ''), community, symbols };
}

/** The operators of the language itself. */
export const LANGUAGE_SYMBOLS: ReadonlyMap<string, BuiltinSymbol> = moduleOf(LANGUAGE, false).symbols;

export const STANDARD_MODULES: ReadonlyMap<string, StandardModule> = new Map([
  ...STANDARD.map((row) => [row[0], moduleOf(row, false)] as const),
  ...COMMUNITY.map((row) => [row[0], moduleOf(row, true)] as const),
]);

/** An operator of the language that the later phases refer to. */
export function languageSymbol(name: string): BuiltinSymbol {
  const symbol = LANGUAGE_SYMBOLS.get(name);
  if (!symbol) throw new Error(`no operator ${name} in the language`);
  return symbol;
}

/** Names of the standard modules that define `name`, not counting what they extend. */
export function modulesDefining(name: string): readonly string[] {
  return [...STANDARD_MODULES.values()].filter((m) => m.symbols.has(name)).map((m) => m.name);
}

/** A standard module's symbols with those of the modules that it extends. */
export function symbolsOf(module: StandardModule): ReadonlyMap<string, BuiltinSymbol> {
  const all = new Map<string, BuiltinSymbol>();
  for (const name of module.extends) {
    const extended = STANDARD_MODULES.get(name);
    if (extended) for (const [key, symbol] of symbolsOf(extended)) all.set(key, symbol);
  }
  for (const [key, symbol] of module.symbols) all.set(key, symbol);
  return all;
}
