/** tla2ts: TLA+ read, checked and compiled. This entry is pure: files come through a host interface. */
export { parseModule, type ParseResult } from './syntax/parse-module.js';
export { printExpression } from './syntax/print.js';
export type * from './syntax/ast.js';
export { loadSpec, type LoadOptions, type LoadResult } from './names/load-spec.js';
export { communityLibrary } from './library/library.js';
export type { ModuleHost, ModuleSource } from './names/modules.js';
export type * from './names/resolved.js';
export { DIAGNOSTIC_CODES } from './diagnostics/codes.js';
export type { Diagnostic, DiagnosticCode, DiagnosticNote, Severity } from './diagnostics/diagnostic.js';
export { renderDiagnostic, renderDiagnostics, type RenderOptions } from './diagnostics/render.js';
export { parseConfig, type ConfigResult } from './config/parse-config.js';
export type * from './config/config.js';
export { antecedentOf, type EmittedFile, type EmitOptions, type EmitResult, emitTypeScript } from './emit/index.js';
export * from './explore/index.js';
