/** How TLC is started: `TLC_JAR` is its jar, or a command that runs it. Undefined: the environment names none. */
export function tlcCommand() {
  const named = process.env.TLC_JAR;
  if (named === undefined || named === '') return undefined;
  return named.endsWith('.jar') ? ['java', '-XX:+UseParallelGC', '-cp', named, 'tlc2.TLC'] : [named];
}

export const noTlc = 'TLC_JAR must name the jar of TLC (tla2tools.jar), or a command that runs it';
