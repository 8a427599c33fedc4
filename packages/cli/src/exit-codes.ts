/** Exit codes of all commands. */
export const EXIT = {
  /** Everything that ran held. */
  holds: 0,
  /** A property is violated, or model and record disagree. */
  violated: 1,
  /** The command line is wrong or an input cannot be read. */
  usage: 2,
  /** A bound ended the work before there was an answer. */
  inconclusive: 3,
  /** This machine lacks something that the command is for, or that `--require` names. */
  lacking: 4,
  /** SIGINT. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
