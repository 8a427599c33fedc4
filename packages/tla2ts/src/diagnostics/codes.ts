/**
 * Every diagnostic's code. TLA10xx: characters and tokens; TLA11xx: grammar; TLA12xx: names and modules; TLA13xx: levels;
 * TLA14xx: configuration files. Other phases: TLA2xxx types and emission; TLA30xx models, TLA31xx evaluation (below).
 */
export const DIAGNOSTIC_CODES = {
  TLA1001: 'a character that no TLA+ token starts with',
  TLA1002: 'a string that does not end on its line',
  TLA1003: 'a comment that does not end',
  TLA1004: 'a number that is not written correctly',
  TLA1005: 'an escape that strings do not have',
  TLA1101: 'no module in the file',
  TLA1102: 'a token that does not fit here',
  TLA1103: 'operators whose precedence ranges overlap, without parentheses',
  TLA1104: 'an operator that is not associative, used in a chain',
  TLA1105: 'a bracket that does not match',
  TLA1106: 'an expression that ends too early because of a junction list',
  TLA1107: 'the module does not end',
  TLA1108: 'an identifier that is a reserved word',
  TLA1109: 'a name in the wrong place: @ outside of EXCEPT, LAMBDA where no operator is expected',
  TLA1110: 'too deeply nested',
  TLA1201: 'a module that cannot be found',
  TLA1202: 'modules that extend or instantiate each other in a circle',
  TLA1203: 'a name that is not defined',
  TLA1204: 'a name that is defined twice',
  TLA1205: 'the wrong number of arguments',
  TLA1206: 'an operator where a value is expected, or the other way round',
  TLA1207: 'a RECURSIVE declaration without a definition, or with another number of parameters',
  TLA1208: 'a substitution for a name that the module does not declare',
  TLA1209: 'a constant or variable of an instantiated module that nothing is substituted for',
  TLA1210: 'an instance used as a value, or something else used as an instance',
  TLA1211: 'a field or an argument given twice',
  TLA1212: 'a module whose name differs from that of its file',
  TLA1213: 'a subexpression or label that does not exist, or a label without the names that are bound around it',
  TLA1214: 'a name that is used before its definition',
  TLA1301: 'an expression of a level that is too high for its place',
  TLA1302: 'a primed expression that is primed again',
  TLA1303: 'an argument of a level that is too high for the operator',
  TLA1304: 'a substitution of a level that is too high',
  TLA1401: 'a word in a configuration file that is not expected there',
  TLA1402: 'a value in a configuration file that is not written correctly',
  TLA1403: 'a statement of a configuration file given twice',
} as const;

/** What a configuration and a specification lack for a check, a simulation or an evaluation. */
export const MODEL_CODES = {
  TLA3001: 'a name in the configuration that the specification does not define',
  TLA3002: 'a module in the configuration that the specification does not use',
  TLA3003: 'a constant without a value',
  TLA3004: 'something else where the name of a definition without parameters is expected',
  TLA3005: 'a predicate of too high a level',
  TLA3006:
    'no behaviours, or two descriptions of them: INIT without NEXT, NEXT without INIT, either beside SPECIFICATION',
  TLA3007: 'a specification that is not of the form Init /\\ [][Next]_vars',
  TLA3008: 'an expression to be evaluated that depends on a state',
  TLA3009: 'an operator in the place of one with another number of arguments',
  TLA3011: 'a temporal formula that cannot be checked',
  TLA3012: 'a warning: a property that random behaviours do not test',
  TLA3013: 'temporal properties together with SYMMETRY',
} as const;

/** What goes wrong while an expression is evaluated. */
export const EVALUATION_CODES = {
  TLA3101: 'an expression that has no value',
  TLA3102: 'a value that is no Boolean where one is needed',
  TLA3103: 'a function applied outside of its domain, a field that a record does not have',
  TLA3104: 'values of different kinds that are compared',
  TLA3105: 'a variable that has no value in the state being made',
  TLA3106: 'an assertion that is false',
  TLA3107: 'an operand of the wrong kind',
} as const;

export type EvaluationCode = keyof typeof EVALUATION_CODES;

export type DiagnosticCode =
  keyof typeof DIAGNOSTIC_CODES | keyof typeof MODEL_CODES | EvaluationCode | `TLA2${string}`;
