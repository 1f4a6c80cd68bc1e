import type { Finding, Report } from '../diagnostics/diagnostic.ts';
import type { Origin } from '../diagnostics/place.ts';
import type { SourceText } from '../input/source.ts';
import type { Steps } from '../steps/steps.ts';
import { atOnce } from '../steps/steps.ts';
import type { ReadObject } from './document.ts';
import { places } from './lines.ts';
import { locateIn } from './locate.ts';
import { withTemplates } from './helm-source.ts';
import { isOfOtherTool } from './other-tools.ts';
import { mayHoldObjects } from './mentions.ts';
import { judgeFile } from './read-repository.ts';
import { readJson } from './read-json.ts';
import { readPiece, readYaml } from './read-yaml.ts';
import { bounded } from './reading.ts';
import type { Piece, Reading, Sink } from './reading.ts';
import { kubectlMessage } from './rules/other-tools.ts';
import { missingSeparator } from './rules/separators.ts';
import { duplicateKey } from './rules/syntax.ts';
import type { ToolMessage } from './tool-messages.ts';
import { siftMessages } from './tool-messages.ts';

/** Objects of other kinds than ours, counted by `apiVersion/kind`. */
type Skipped = ReadonlyMap<string, number>;

/**
 * Parses a source as kubectl does: multi-document YAML 1.1, JSON, lists in any depth. What cannot be read is reported
 * with its place and left out; the rest is read.
 *
 * @param sink takes the objects of our kinds, in the order in which they stand there
 */
export function* parsingSteps(source: SourceText, report: Report, sink: Sink): Steps<Skipped> {
  if (source.isFromRepository === true) return yield* repositorySteps(source, report, sink);
  return yield* textSteps(source, report, sink);
}

/** Reads a file of a repository: most likely it is something else. */
function* repositorySteps(source: SourceText, report: Report, sink: Sink): Steps<Skipped> {
  const { passOver = () => undefined } = sink;
  const nothing: Skipped = new Map();
  if (!mayHoldObjects(source.text)) {
    passOver({ file: source.name, line: 1, what: 'no Kubernetes object' });
    return nothing;
  }
  const found: Finding[] = [];
  const skipped = yield* textSteps(source, each => void found.push(each), sink);
  const { findings, passedOver, isLeft } = judgeFile({ source, toOrigin: places() }, found);
  if (isLeft) sink.takeBack();
  for (const each of findings) report(each);
  for (const each of passedOver) passOver(each);
  return isLeft ? nothing : skipped;
}

function* textSteps(source: SourceText, report: Report, sink: Sink): Steps<Skipped> {
  const toOrigin = withTemplates(places());
  const locate = locateIn(toOrigin);
  const skipped = new Map<string, number>();
  const problems = bounded(source.isFromOutside === true ? withoutContent(report, source) : report, top(source));
  const { text, messages } = siftMessages(source.text);
  const sifted = messages.length === 0 ? source : { ...source, text };
  const reading = { ...sink, source: sifted, report: problems.report, toOrigin, locate, skipped };
  reportMessages({ ...reading, source }, messages);
  if (!isOfOtherTool(reading) && !(yield* readJson(reading))) yield* readYaml(reading);
  problems.finish();
  return skipped;
}

/**
 * Parses documents that were left out before.
 *
 * @param source as `leavesOut` was told
 */
export function* parsingPieces(
  source: SourceText,
  pieces: readonly Piece[],
  report: Report,
  sink: Sink,
): Steps<Skipped> {
  const toOrigin = withTemplates(places());
  const problems = bounded(report, top(source));
  const skipped = new Map<string, number>();
  const reading = { ...sink, source, report: problems.report, toOrigin, locate: locateIn(toOrigin), skipped };
  for (const piece of pieces) yield* readPiece(reading, piece);
  problems.finish();
  return skipped;
}

function top({ name }: SourceText): Origin {
  return { file: name, line: 1, column: 1 };
}

/**
 * Messages about a text that is no manifest quote it. A linked file outside of the folder may be any: of it only what
 * manifests alone can have is said.
 */
function withoutContent(report: Report, source: SourceText): Report {
  let isSaid = false;
  return found => {
    const { rule } = found;
    if (rule === duplicateKey || rule === missingSeparator) {
      report(found);
      return;
    }
    if (isSaid) return;
    isSaid = true;
    const message =
      'a link leads out of the folder to this file, which cannot be read as manifests; nothing of it is shown';
    report({ rule, message, help: 'name the file itself on the command line to see what is wrong', at: top(source) });
  };
}

/** What was read. */
export interface Parsed {
  readonly objects: readonly ReadObject[];
  readonly skipped: Skipped;
}

/** The same for several sources, without a pause, and all at once. */
export function parseSources(sources: readonly SourceText[], report: Report): Parsed {
  const objects: ReadObject[] = [];
  const skipped = new Map<string, number>();
  for (const source of sources) {
    let own: ReadObject[] = [];
    const sink = { add: (object: ReadObject) => void own.push(object), takeBack: () => void (own = []) };
    for (const [label, count] of atOnce(parsingSteps(source, report, sink)))
      skipped.set(label, (skipped.get(label) ?? 0) + count);
    for (const object of own) objects.push(object);
  }
  return { objects, skipped };
}

/** Says what tools said; what is only in the way, such as a log, is a note. */
function reportMessages({ source, report, toOrigin }: Reading, messages: readonly ToolMessage[]): void {
  const placeOf = ({ line, start }: ToolMessage): Origin =>
    toOrigin(source, { start, end: start + line.length, isSecret: false });
  for (const message of messages) {
    const { failure, line } = message;
    if (failure === undefined) continue;
    const { what, help } = failure;
    const said = `${what} stands where manifests are expected: ${JSON.stringify(line.slice(0, 200))}`;
    report(() => ({ rule: kubectlMessage, message: said, help, at: placeOf(message) }));
  }
  const remarks = messages.filter(({ failure }) => failure === undefined);
  const [first] = remarks;
  if (first === undefined || remarks.length < messages.length) return;
  const others = remarks.length === 1 ? '' : ` (and ${remarks.length - 1} more)`;
  const message = `a log or a warning stands among the manifests, and is skipped: ${JSON.stringify(first.line.slice(0, 200))}${others}`;
  const help = 'leave out "2>&1" in the command before';
  report(() => ({ rule: kubectlMessage, severity: 'info', message, help, at: placeOf(first) }));
}
