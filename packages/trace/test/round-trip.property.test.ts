import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Program, formatProgram, readPrograms, splitLines } from '../src/index.js';
import { program } from './arbitraries.js';

async function collect(programs: AsyncIterable<Program>): Promise<Program[]> {
  const found: Program[] = [];
  for await (const each of programs) found.push(each);
  return found;
}

test('what is written is read back equal, unknown fields included', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(program, { minLength: 1, maxLength: 3 }), async (programs) => {
      const lines = programs.flatMap((each) => [...formatProgram(each)]);
      const plain = JSON.parse(JSON.stringify(programs)) as Program[];
      expect(await collect(readPrograms(lines))).toEqual(plain);
    }),
  );
});

test('writing what was read gives the same bytes', async () => {
  await fc.assert(
    fc.asyncProperty(program, async (each) => {
      const text = [...formatProgram(each)].join('');
      const [back] = await collect(readPrograms([text]));
      expect([...formatProgram(back as Program)].join('')).toBe(text);
    }),
  );
});

test('chunks may break anywhere, also inside a character', async () => {
  await fc.assert(
    fc.asyncProperty(program, fc.integer({ min: 1, max: 9 }), async (each, size) => {
      const named = { ...each, id: `${each.id} ä€𝄞` };
      const bytes = new TextEncoder().encode([...formatProgram(named)].join(''));
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      );
      expect(await collect(readPrograms(splitLines(chunks)))).toEqual(JSON.parse(JSON.stringify([named])));
    }),
    { numRuns: 40 },
  );
});
