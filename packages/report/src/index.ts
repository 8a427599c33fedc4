/** Pictures of address spaces, tables, and the reports of what went wrong. Everything returns lines of text. */
export { ANSI, type Paint, paintFor, PLAIN } from './colour.js';
export { type Disagreement, disagreementLines, programLines, type ReportedSide, stepLines } from './disagreement.js';
export { drawLayouts, layoutLines, type PageSpan, type Pictures } from './picture.js';
export { addressText, type Base, lengthText, resultText, stepText } from './step-text.js';
export { type Column, counted, grouped, share, tableLines } from './table.js';
