import type { Report } from '../diagnostics/diagnostic.ts';
import type { Origin } from '../diagnostics/place.ts';
import type { SourceText } from '../input/source.ts';
import type { Steps } from '../steps/steps.ts';
import { atOnce } from '../steps/steps.ts';
import type { Document } from './document.ts';
import { kubectlMessageIn } from './kubectl-message.ts';
import { places } from './lines.ts';
import { locateIn } from './locate.ts';
import { isOfOtherTool } from './other-tools.ts';
import { readJson } from './read-json.ts';
import { readYaml } from './read-yaml.ts';
import { bounded } from './reading.ts';
import type { Reading } from './reading.ts';
import { duplicateKey, kubectlMessage, missingSeparator } from './rules.ts';

/** What was read: objects of our kinds, and how many there were of others. */
export interface Parsed {
  /** In the order in which they stand in the sources. */
  readonly documents: readonly Document[];
  /** Objects of other kinds, counted by `apiVersion/kind`. */
  readonly skipped: ReadonlyMap<string, number>;
}

/**
 * Parses sources as kubectl does: multi-document YAML 1.1, JSON, lists in any depth. What cannot be read is reported
 * with its place and left out; the rest is read.
 */
export function* parsingSteps(sources: readonly SourceText[], report: Report): Steps<Parsed> {
  const toOrigin = places();
  const locate = locateIn(toOrigin);
  const documents: Document[] = [];
  const skipped = new Map<string, number>();
  for (const source of sources) {
    const problems = bounded(source.isFromOutside === true ? withoutContent(report, source) : report, top(source));
    const reading = { source, report: problems.report, toOrigin, locate, documents, skipped };
    if (!isMessage(reading) && !isOfOtherTool(reading) && !(yield* readJson(reading))) yield* readYaml(reading);
    problems.finish();
  }
  return { documents, skipped };
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

/** The same without a pause. */
export function parseSources(sources: readonly SourceText[], report: Report): Parsed {
  return atOnce(parsingSteps(sources, report));
}

/** Whether the source holds what kubectl says of a failure; it has been reported then. */
function isMessage({ source, report, toOrigin }: Reading): boolean {
  const message = kubectlMessageIn(source.text);
  if (message === undefined) return false;
  const { line, start } = message;
  const at = { start, end: start + line.length, isSecret: false };
  report(() => ({
    rule: kubectlMessage,
    message: `kubectl failed; it printed this instead of manifests: ${JSON.stringify(line.slice(0, 200))}`,
    help: 'run that kubectl command by itself; check its context, its namespace and its types',
    at: toOrigin(source, at),
  }));
  return true;
}
