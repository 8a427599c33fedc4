/** How TLC is started: `TLC_JAR` is a jar or a command, `VMACHECK_TLC` a command. Undefined: the environment names none. */
export function tlcCommand() {
  const named = process.env.VMACHECK_TLC ?? process.env.TLC_JAR;
  if (named === undefined || named === '') return undefined;
  return named.endsWith('.jar') ? ['java', '-XX:+UseParallelGC', '-cp', named, 'tlc2.TLC'] : [named];
}

export const noTlc = 'TLC_JAR or VMACHECK_TLC must name its jar or a command that runs it';
