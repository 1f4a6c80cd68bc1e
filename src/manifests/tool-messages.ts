import type { Span } from './cut.ts';
import { FAILURES, LONE_FAILURES, REMARK, REMARKS_ONLY } from './message-forms.ts';
import type { MessageForm } from './message-forms.ts';

/** What a tool said where manifests are expected (`> file 2>&1`, a log that is piped). */
export interface ToolMessage {
  /** `an error message of kubectl`; undefined where nothing is missing from the input because of it. */
  readonly failure?: Pick<MessageForm, 'what' | 'help'>;
  /** The line that says most, as it is written. */
  readonly line: string;
  /** Its offset in the text. */
  readonly start: number;
}

/** A text without what tools said in it; everything else is where it was. */
export interface Sifted {
  readonly text: string;
  readonly messages: readonly ToolMessage[];
}

/** Messages are short, and stand where the output of a command begins or ends. */
const NEAR = 64 * 1024;

/** Manifests have lower case letters, spaces, dashes and brackets at the left edge. */
const SUSPICIOUS = /(?:^|\n)\uFEFF?(?:[A-Z0-9]|\w+\.go:)/;
const HEAD = /^\uFEFF?(?:[ \t]*(?:#[^\n]*)?\r?\n|---[ \t]*(?:#[^\n]*)?\r?\n)*/;
const EMPTY = /^\s*(?:#.*)?$/;
const MANIFEST = /^(?:\s*[{[]|["']?(?:apiVersion|kind|metadata|spec|items|data)["']?\s*:)/;

interface Line {
  readonly text: string;
  readonly start: number;
}

/** Takes the messages of tools out of a text. */
export function siftMessages(text: string): Sifted {
  const messages: ToolMessage[] = [];
  const cuts: Line[] = [];
  for (const span of spansNear(text)) {
    const found = messagesIn(text, span);
    messages.push(...found.messages);
    cuts.push(...found.cuts);
  }
  if (cuts.length === 0) return { text, messages };
  const rest = withoutLines(text, cuts);
  const isFailed = messages.some(({ failure }) => failure !== undefined);
  if (isFailed || !isNothing(rest)) return { text: rest, messages };
  return { text: rest, messages: messages.slice(-1).map(message => ({ ...message, failure: REMARKS_ONLY })) };
}

/** A document between two `---`, or the part of one that is near the beginning or the end of a long text. */
interface Segment extends Span {
  readonly isWhole: boolean;
}

function spansNear(text: string): readonly Segment[] {
  if (text.length <= 2 * NEAR) return segmentsOf(text, { start: 0, end: text.length });
  const head = text.lastIndexOf('\n', NEAR) + 1;
  const tail = text.indexOf('\n', text.length - NEAR) + 1;
  const first = segmentsOf(text, { start: 0, end: head });
  const last = tail === 0 ? [] : segmentsOf(text, { start: tail, end: text.length });
  return [
    ...first.map((segment, at) => (at === first.length - 1 ? { ...segment, isWhole: false } : segment)),
    ...last.map((segment, at) => (at === 0 ? { ...segment, isWhole: false } : segment)),
  ];
}

function segmentsOf(text: string, { start, end }: Span): readonly Segment[] {
  const segments: Segment[] = [];
  let from = start;
  for (let at = text.indexOf('\n---', start); at !== -1 && at < end; at = text.indexOf('\n---', at + 1)) {
    segments.push({ start: from, end: at + 1, isWhole: true });
    from = at + 1;
  }
  segments.push({ start: from, end, isWhole: true });
  return segments;
}

interface Found {
  readonly messages: readonly ToolMessage[];
  readonly cuts: readonly Line[];
}

const NOTHING: Found = { messages: [], cuts: [] };

function messagesIn(text: string, { start, end, isWhole }: Segment): Found {
  const segment = text.slice(start, end);
  const head = HEAD.exec(segment)?.[0].length ?? 0;
  const isManifest = head === segment.length || MANIFEST.test(segment.slice(head, head + 40));
  if (isManifest && !SUSPICIOUS.test(segment)) return NOTHING;
  const lines = linesOf(segment, start);
  const [remarks, others] = [lines.filter(isRemark), lines.filter(line => !isRemark(line))];
  const hasManifest = others.some(line => MANIFEST.test(line.text));
  const lone = isWhole && !hasManifest ? loneFailure(others) : undefined;
  if (lone !== undefined) return { messages: [lone], cuts: lines };
  const failed = others.flatMap(line => failureOf(line, FAILURES) ?? []);
  const said = hasManifest || others.length === 0 ? remarks : [];
  return {
    messages: [...failed.slice(0, 1), ...said.map(({ text: line, start: at }) => ({ line, start: at }))],
    cuts: [...others.filter(line => failureOf(line, FAILURES) !== undefined), ...said],
  };
}

/** The lines that hold something. */
function linesOf(segment: string, offset: number): readonly Line[] {
  const lines: Line[] = [];
  let start = offset;
  for (const line of segment.split('\n')) {
    const mark = line.startsWith('\uFEFF') ? 1 : 0;
    const text = line.slice(mark).trimEnd();
    if (!EMPTY.test(text) && !/^---(?:\s|$)/.test(text)) lines.push({ text, start: start + mark });
    start += line.length + 1;
  }
  return lines;
}

function isRemark({ text }: Line): boolean {
  return REMARK.test(text);
}

function loneFailure(lines: readonly Line[]): ToolMessage | undefined {
  const [first, ...rest] = lines;
  if (first === undefined) return undefined;
  const forms = [...FAILURES, ...LONE_FAILURES].filter(
    ({ unless }) => unless === undefined || !rest.some(({ text }) => !isFailure(text) && unless.test(text)),
  );
  return failureOf(first, forms);
}

function isFailure(text: string): boolean {
  return [...FAILURES, ...LONE_FAILURES].some(({ line }) => line.test(text));
}

function failureOf({ text, start }: Line, forms: readonly MessageForm[]): ToolMessage | undefined {
  const form = forms.find(({ line }) => line.test(text));
  return form === undefined ? undefined : { failure: form, line: text, start };
}

/** With spaces instead: what stands behind them keeps its place. */
function withoutLines(text: string, lines: readonly Line[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const line of lines.toSorted((a, b) => a.start - b.start)) {
    parts.push(text.slice(at, line.start), ' '.repeat(line.text.length));
    at = line.start + line.text.length;
  }
  return [...parts, text.slice(at)].join('');
}

function isNothing(text: string): boolean {
  return text.length <= 2 * NEAR && text.split('\n').every(line => /^\s*(?:#.*|---\s*)?$/.test(line));
}
