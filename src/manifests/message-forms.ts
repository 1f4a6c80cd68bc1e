/** How a text begins that is no manifest, what it is, and what to do about it. */
export interface MessageForm {
  readonly line: RegExp;
  /** `an error message of kubectl` */
  readonly what: string;
  readonly help: string;
  /** Beside lines like these it is a key of some other YAML. */
  readonly unless?: RegExp;
}

const KUBECTL = {
  what: 'an error message of kubectl',
  help: 'run that kubectl command by itself; check its context, its namespace and its types',
};
const OUTPUT_HELP = 'add "-o yaml" to the kubectl command';
const COMMAND_HELP = 'run the command before the pipe by itself, and correct what it complains of';

/** They say that something is missing wherever they stand. */
export const FAILURES: readonly MessageForm[] = [
  { line: /^Error from server[ :(]/, ...KUBECTL },
  { line: /^Unable to connect to the server: /, ...KUBECTL },
  { line: /^The connection to the server \S+ (?:was refused|- )/, ...KUBECTL },
  { line: /^No resources found/, ...KUBECTL },
];

/** They do so only where no manifest stands before the next `---`: in one, they may be anything. */
export const LONE_FAILURES: readonly MessageForm[] = [
  { line: /^error: \S/, ...KUBECTL, unless: /^["']?[\w.-]+["']?:(?:\s|$)/m },
  {
    line: /^Error: \S/,
    what: 'an error message of Helm or Kustomize',
    help: COMMAND_HELP,
    unless: /^["']?[A-Z][\w.-]*["']?:(?:\s|$)/,
  },
  {
    line: /^(?:[\w./-]+: )+(?:(?:line )?\d+: )?(?:[\w./-]+: )?(?:command not found|not found|No such file or directory|Permission denied)$/,
    what: 'an error message of the shell',
    help: COMMAND_HELP,
  },
  { line: /^(?:NAMESPACE {2,})?NAME {2,}[A-Z]/, what: 'a table of kubectl', help: OUTPUT_HELP },
  {
    line: /^[a-z][a-z0-9.-]*\/\S+ (?:created|configured|unchanged|deleted|serverside-applied)\b/,
    what: 'a report of kubectl',
    help: OUTPUT_HELP,
  },
  {
    line: /^(?:\s*<(?:!DOCTYPE|html|\?xml)[\s>]|404: Not Found$)/i,
    what: 'a page of a web server',
    help: 'check the address from which it was downloaded',
  },
];

/** What tools say beside their result, with nothing missing from it: warnings, logs, what Helm has pulled. */
export const REMARK =
  /^(?:[EWI]\d{4} \d\d:\d\d:\d\d\.|Warning: \S|WARNING: \S|\w+\.go:\d+: |\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d \S|Pulled: \S+$|Digest: sha256:[0-9a-f]{64}$)/;

/** What a text is that holds nothing but remarks. */
export const REMARKS_ONLY = { what: 'a log', help: COMMAND_HELP };
