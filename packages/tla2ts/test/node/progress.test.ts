import { expect, test } from 'vitest';
import { ProgressText } from '../../src/node/progress.js';

const counts = (seconds: number, distinct: number, queue: number) => ({
  seconds,
  distinct,
  queue,
  depth: 12,
  generated: 0,
  bytes: 0,
});

test('the line of progress has rates of the last seconds, and the time to go where fewer states are left each time', () => {
  const text = new ProgressText();
  expect(text.of(counts(0.5, 1000, 100))).toBe('1,000 states, 2000/s, 100 left, depth 12, 0 s');
  expect(text.of(counts(4.5, 2_001_000, 50_000))).toBe('2,001,000 states, 500k/s, 50,000 left, depth 12, 4 s');
  expect(text.of(counts(8.5, 2_801_000, 20_000))).toBe(
    '2,801,000 states, 200k/s, 20,000 left, depth 12, 8 s, 3 s to go',
  );
  // After seconds of growth nobody knows.
  expect(text.of(counts(12.5, 3_000_000, 90_000))).not.toContain('to go');
});

test('the line fits a terminal of 80 columns, whatever the numbers are', () => {
  const text = new ProgressText();
  text.of(counts(70_000, 1_234_567_890, 987_654_321));
  expect(text.of(counts(70_004, 1_534_567_890, 987_654_320)).length).toBeLessThan(80);
});
