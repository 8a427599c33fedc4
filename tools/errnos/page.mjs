/** docs/errnos.md. */

/** @param rows of judged.mjs */
export function page(rows) {
  const seen = rows.filter(({ status }) => status === 'seen' || status === 'not listed');
  const others = rows.filter(({ status }) => status === 'out of reach' || status === 'missing');
  const row = ({ call, error, when, times, kernels, example }) =>
    `| ${call} | ${error} | ${when} | ${times} | ${kernels.join(' ')} | ${example.file}, program \`${example.program}\`, step ${example.step} |`;
  const other = ({ call, error, when, why }) => `| ${call} | ${error} | ${when} | ${why ?? 'not recorded'} |`;
  return `# Errors

What the calls give besides success, and where a recorded trace of the repository shows it on a real kernel. Made by \`npm run errnos -- --write\`;
\`npm run errnos -- --record KERNEL\` records programs for all errors that the model knows on another kernel. brk, munlockall and exit have no errors: where brk
cannot move the break it returns it as it is.

| call | error | when | times | kernels | example |
| --- | --- | --- | ---: | --- | --- |
${seen.map(row).join('\n')}

## Not seen

Without injecting faults, and with what a recorded program can bring about, these cannot be seen.

| call | error | when | why |
| --- | --- | --- | --- |
${others.map(other).join('\n')}
`;
}
