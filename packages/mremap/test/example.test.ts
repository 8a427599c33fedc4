import { readFileSync } from 'node:fs';
import { format } from 'node:util';
import { expect, test, vi } from 'vitest';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

test('the example of the README runs and prints what stands there', async () => {
  const lines: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((...values) => void lines.push(format(...values)));
  await import('./example.js');
  log.mockRestore();
  const readme = read('../README.md');
  expect(readme).toContain(read('./example.ts').trim());
  expect(readme).toContain(lines.join('\n'));
});
