/** Text of programs from resolved specifications. */
export { antecedentOf } from './antecedent.js';
export { type EmittedFile, type EmitOptions, type EmitResult, emitTypeScript } from './typescript.js';
