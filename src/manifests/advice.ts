import type { Refusal } from './events.ts';

/** Why a text is not YAML, in the words of whoever wrote it, and what to do. */
export interface Advice {
  readonly message: string;
  readonly help?: string;
  /** Where the mistake is, if not where the reader gave up. */
  readonly offset?: number;
}

const TEMPLATE_HELP = 'render it first, for example: helm template CHART | ingress2nginx render -';
const PLACEHOLDER_HELP = 'fill it in first, for example: envsubst < FILE | ingress2nginx render -';

const TEMPLATE = /\{\{[-\s]*[.$\w]/;
const OTHER_TEMPLATE = /\{%|<%/;
const PLACEHOLDER = /\$\{[A-Za-z_]\w*/;
const OTHER_PLACEHOLDER = /@@?[A-Z][A-Z0-9_]*@@?|%[A-Z][A-Z0-9_]*%/;
/** The value of a path or host that is a star, in the same line. */
const LONE_STAR = /\b(host|path): *\*(?=[\s,}]|$)/;

/** A refusal in the line where it was found. */
interface Spot {
  readonly reason: string;
  readonly line: string;
  /** From the place of the refusal to the end of its line. */
  readonly rest: string;
  /** The line before, which a reader may have taken for the beginning of a key. */
  readonly before: string;
}

/** Lines that stand for `---` elsewhere. */
const SEPARATOR = /^ *(?:--|[\u2013\u2014]+|- - -|-{3,}|={3,}|\*{3,}|_{3,}|\+{3,}|={2,} .* ={2,})\s*$/;

/** What Git leaves in a file of which two versions could not be merged. */
const CONFLICT = /^(?:<{7}|\|{7}|>{7})(?: .*)?$/m;

/** The first that fits counts. */
const MISTAKES: readonly ((spot: Spot) => Advice | undefined)[] = [
  ({ line }) =>
    TEMPLATE.test(line) ? { message: 'a template has not been rendered: "{{"', help: TEMPLATE_HELP } : undefined,
  ({ line }) => {
    const mark = OTHER_TEMPLATE.exec(line)?.[0];
    return mark === undefined
      ? undefined
      : { message: `a template has not been rendered: "${mark}"`, help: 'render it first, and give the result' };
  },
  ({ reason, line }) => {
    const placeholder = OTHER_PLACEHOLDER.exec(line)?.[0];
    return placeholder === undefined
      ? undefined
      : { message: `${reason}, beside a placeholder "${placeholder}"`, help: 'fill it in first' };
  },
  ({ reason, line }) =>
    PLACEHOLDER.test(line) ? { message: `${reason}, beside a placeholder "\${…}"`, help: PLACEHOLDER_HELP } : undefined,
  ({ reason, line }) => {
    const field = isStar(reason) ? LONE_STAR.exec(line)?.[1] : undefined;
    if (field === undefined) return undefined;
    const help = field === 'host' ? 'leave the host out, or write "*.example.com" in quotes' : 'write `path: /`';
    return { message: `"*" is no ${field}`, help };
  },
  ({ reason, rest }) => (isStar(reason) ? aliasAdvice(/^\*[^\s,[\]{}]*/.exec(rest)?.[0] ?? '*') : undefined),
  ({ reason, rest }) =>
    reason === 'unknown escape sequence'
      ? { message: `"\\${rest.slice(0, 1)}" is no escape sequence in double quotes`, help: 'write it in single quotes' }
      : undefined,
  ({ line, before }) => {
    const separator = [line, before].find(text => SEPARATOR.test(text));
    return separator === undefined
      ? undefined
      : { message: `the line ${JSON.stringify(separator.trim())} separates no documents`, help: 'write "---"' };
  },
  ({ reason, line }) =>
    /[{,] *[\w.-]+: +[^\s'"{[,][^,'"]*[{[]/.test(line)
      ? { message: reason, help: 'put the value in quotes, since there are brackets in it' }
      : undefined,
  ({ reason, line }) =>
    /^ *\t/.test(line) ? { message: reason, help: 'indent with spaces: YAML allows no tabs there' } : undefined,
  ({ reason, line }) =>
    /^[^'"]*: +[@`%]/.test(line) ? { message: reason, help: 'put the value in quotes' } : undefined,
  ({ reason, line }) =>
    /^[^'"#{]*: +[^'"[{|>\s][^'"#]*:(?:\s|$)/.test(line)
      ? { message: reason, help: 'put the value in quotes, since there is ": " in it' }
      : undefined,
];

/** What is said of a refusal at an offset in a text. */
export function adviceFor({ message }: Refusal, text: string, offset: number): Advice {
  const conflict = conflictAround(text, offset);
  if (conflict !== undefined) {
    const help = 'keep one of the two versions, and remove the lines "<<<<<<<", "=======" and ">>>>>>>"';
    return { message: 'a Git merge conflict is not resolved', help, offset: conflict };
  }
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = text.indexOf('\n', offset);
  const end = lineEnd === -1 ? text.length : lineEnd;
  // js-yaml stops behind the star of an alias without a name.
  const from = message.startsWith('name of an alias') ? offset - 1 : offset;
  const before = text.slice(text.lastIndexOf('\n', lineStart - 2) + 1, Math.max(0, lineStart - 1));
  const spot = { reason: message, line: text.slice(lineStart, end), rest: text.slice(from, end), before };
  for (const mistake of MISTAKES) {
    const advice = mistake(spot);
    if (advice !== undefined) return advice;
  }
  return { message };
}

/** How far from where a reader gives up a mark of Git is looked for, in characters. */
const AROUND = 4096;

/** Where a mark of Git stands near an offset. */
function conflictAround(text: string, offset: number): number | undefined {
  const from = text.lastIndexOf('\n', Math.max(0, offset - AROUND)) + 1;
  const found = CONFLICT.exec(text.slice(from, offset + AROUND));
  return found === null ? undefined : from + found.index;
}

/** An alias without anchor is nearly always a text that begins with a star: a wildcard host, a pattern. */
function isStar(reason: string): boolean {
  return reason.startsWith('name of an alias') || (reason.startsWith('the alias "') && reason.endsWith('no anchor'));
}

function aliasAdvice(text: string): Advice {
  return {
    message: `"${text}" without quotes is a YAML alias that has no anchor`,
    help: `write "${text}" in quotes`,
  };
}
