import type { ValueType } from '../options/value-type.ts';
import { problemOfText } from '../routing/text.ts';
import type { KnownVariables, ReadText, TextPart } from '../routing/variable-text.ts';
import { readVariableText } from '../routing/variable-text.ts';

/** More than anybody needs; nginx itself takes any number of words. */
const LONGEST = 16_384;

const WORD = /\\(?<escaped>["'\\ntr])|(?<join>'\s+')|(?<end>')|\\|[^\\']+/g;
const CONTROL: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** What nginx reads where the controller puts a text between single quotes; undefined where it would end them. */
function unquoted(text: string): string | undefined {
  let read = '';
  for (const { 0: found, groups = {} } of text.matchAll(WORD)) {
    const { escaped, join, end } = groups;
    if (end !== undefined) return undefined;
    if (escaped !== undefined) read += CONTROL[escaped] ?? escaped;
    else if (join === undefined) read += found;
  }
  return read;
}

/**
 * The lines of a log, as nginx reads them where the controller has put them into nginx.conf. A line end after the last
 * is that of a block of YAML, and does not count.
 */
function readLogFormat(text: string, known?: KnownVariables): ReadText {
  if (text.length > LONGEST) return { ok: false, problem: `is longer than ${LONGEST} characters` };
  const format = unquoted(text.replace(/\s+$/, ''));
  if (format === undefined) return { ok: false, problem: "has a ', which would end it" };
  if (format === '') return { ok: false, problem: 'is empty' };
  for (const line of format.split(/[\n\t]/)) {
    // Texts are cut into words that are short enough.
    const problem = line === '' ? undefined : problemOfText(line.replaceAll(/[\\"]/g, '').slice(0, 1000));
    if (problem !== undefined) return { ok: false, problem };
  }
  return readVariableText(format, known);
}

/** @param known the variables that nginx has there */
export function logFormat(known?: KnownVariables): ValueType<string> {
  return {
    name: 'text with variables of nginx',
    schema: {},
    parse(value) {
      const read = readLogFormat(value, known);
      if (read.ok) return { ok: true, value };
      return {
        ok: false,
        problem: read.problem,
        help: 'write text and variables of nginx, such as "$remote_addr $status"',
      };
    },
  };
}

/** The parts of a text that `logFormat` takes. */
export function formatParts(text: string, known?: KnownVariables): readonly TextPart[] {
  const read = readLogFormat(text, known);
  return read.ok ? read.parts : [];
}
