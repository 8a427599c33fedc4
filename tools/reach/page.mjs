/** docs/coverage.md. */
import { percent } from './summary.mjs';

/** The text of the page. */
export function page({ run, files, sum, left }) {
  const cells = ({ file, lines, branches }) => {
    const share = (part) => `${percent(part).toFixed(1)} | ${part.reached} of ${part.all}`;
    return `| ${file} | ${share(lines)} | ${share(branches)} |`;
  };
  const places = left.map(({ file, line, text, reason }) => {
    const code = text.replaceAll('|', '\\|');
    return `| ${file.replace(/^packages\/|src\//g, '')}:${line} | \`${code}\` | ${reason ?? ''} |`;
  });
  return `# What generated programs reach

Made by \`npm run coverage -- --write\`: the fuzzer alone, without any other test, over the sources of the model and of mremap, measured by V8.
${run[0].toUpperCase()}${run.slice(1)}, and some for kernels whose release is not modelled. Each program is generated against
the model, recorded by it, replayed as it was recorded, with the defects of the release taken out, and with an address that the kernel did not choose; its last step
is explained, and a state that is kept half-way must stay as it is. Others are judged by the properties.

| file | lines % | reached | branches % | reached |
| --- | ---: | ---: | ---: | ---: |
${files.map(cells).join('\n')}
${cells({ file: 'all', ...sum })}

## What is left

| place | | why no generated program gets there |
| --- | --- | --- |
${places.join('\n')}
`;
}
