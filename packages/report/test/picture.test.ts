import type { VmaRecord } from '@vmacheck/trace';
import { toHex } from '@vmacheck/trace';
import { expect, test } from 'vitest';
import { drawLayouts, layoutLines } from '../src/index.js';

const vma = (start: number, end: number, more: Partial<VmaRecord> = {}): VmaRecord => ({
  start: toHex(start * 4096),
  end: toHex(end * 4096),
  perms: 'rw-p',
  offset: '0x0',
  file: null,
  ...more,
});

const draw = (layout: readonly VmaRecord[], end: number): string | undefined =>
  drawLayouts([layout], { start: 0, end }).pictures[0];

test('a page is a letter, a hole a dot', () => {
  expect(draw([vma(0, 2), vma(4, 5)], 7)).toBe('|AA..A..|');
});

test('VMAs of different kinds have different letters', () => {
  expect(draw([vma(0, 2), vma(2, 3, { perms: 'r--p' }), vma(3, 4, { file: 'F0' })], 4)).toBe('|AABC|');
});

test('neighbours of one kind that are not one VMA differ in case', () => {
  expect(draw([vma(0, 2), vma(2, 4), vma(4, 5)], 6)).toBe('|AAaaA.|');
});

test('a VMA that another layout cuts keeps its case', () => {
  const { pictures } = drawLayouts([[vma(0, 4)], [vma(0, 2), vma(2, 4)]], { start: 0, end: 5 });
  expect(pictures).toEqual(['|AAAA.|', '|AAaa.|']);
});

test('a window of up to 64 pages is drawn page by page', () => {
  expect(draw([vma(0, 40)], 64)).toBe(`|${'A'.repeat(40)}${'.'.repeat(24)}|`);
});

test('in a wider window a long run is shortened, and all layouts keep one scale', () => {
  const { pictures } = drawLayouts([[vma(0, 40)], [vma(0, 3)]], { start: 0, end: 100 });
  expect(pictures).toEqual(['|AAAA~A.~.|', '|AAA.~..~.|']);
});

test('a VMA that reaches beyond the window is cut at its edge', () => {
  const { pictures } = drawLayouts([[vma(1, 9)]], { start: 4, end: 6 });
  expect(pictures).toEqual(['|AA|']);
});

test('without a window the picture spans what is mapped; of nothing it is empty', () => {
  expect(drawLayouts([[vma(10, 12)], [vma(13, 14)]])).toMatchObject({ pictures: ['|AA..|', '|...A|'], base: 10 });
  expect(drawLayouts([[]]).pictures).toEqual(['||']);
});

test('the legend names protection, file, and the flags in which the kinds differ', () => {
  const { legend } = drawLayouts([
    [
      vma(0, 1, { vmFlags: 'rd wr mr mw me ac' }),
      vma(1, 2, { vmFlags: 'rd wr mr mw me lo', file: 'F1', perms: 'rw-s' }),
    ],
  ]);
  expect(legend).toEqual(['A rw-p ac', 'B rw-s F1 lo']);
});

test('a layout as a list has one line per VMA', () => {
  expect(layoutLines([vma(1, 2, { vmFlags: 'rd wr' }), vma(2, 3, { file: 'F0' })])).toEqual([
    '0x1000-0x2000 rw-p 0x0 - rd wr',
    '0x2000-0x3000 rw-p 0x0 F0',
  ]);
});
