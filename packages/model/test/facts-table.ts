/** The table of facts as README.md has it. */
import { type Fact, FACTS, type ReleaseRange } from '@vmacheck/model';

/** Rows of the README's table, cells separated by one blank. */
export function factRows(): readonly string[] {
  return FACTS.map((fact) => `| \`${fact.name}\` | ${fact.ranges.map(showRange).join('; ')} | ${whatOf(fact)} |`);
}

function showRange({ from, until }: ReleaseRange): string {
  return [...(from === undefined ? [] : [`since ${from}`]), ...(until === undefined ? [] : [`before ${until}`])].join(
    ', ',
  );
}

function whatOf({ doc, defect }: Fact): string {
  return defect ? `${doc} (a defect)` : doc;
}

/** A table as prettier aligns it, with the padding taken away. */
export function withoutPadding(markdown: string): string {
  return markdown.replace(/ +/g, ' ');
}
