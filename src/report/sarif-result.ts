import type { Located } from '../diagnostics/located.ts';
import type { Origin } from '../diagnostics/place.ts';
import { objectText } from '../diagnostics/place.ts';
import type { Severity } from '../diagnostics/rule.ts';
import type { LintReport, ShownFix, Suppressed } from './lint-report.ts';
import { templateEnd } from './lint-report.ts';
import { objectPrefix } from './object-text.ts';
import type { ArtifactLocation } from './sarif-uri.ts';

export interface SarifContext {
  readonly report: LintReport;
  readonly uriOf: (file: string) => ArtifactLocation;
  /** Where a rule stands in the list of rules. */
  readonly indexOf: ReadonlyMap<string, number>;
  readonly hasSuppressed: boolean;
}

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Readonly<
  Record<Severity, string>
>;

export function levelOf(severity: Severity): string {
  return LEVELS[severity];
}

/** A result; what is undefined is not written. */
export function resultOf(found: Located, context: SarifContext, suppressedBy?: Omit<Suppressed, 'found'>) {
  const { rule, severity, help, at, related } = found;
  const { report, indexOf, hasSuppressed } = context;
  const unplaced = related.filter(other => other.at === undefined).map(other => `\nnote: ${other.message}`);
  const advice = help === undefined ? '' : `\nhelp: ${help}`;
  const placed = related.flatMap((other, id) =>
    other.at === undefined
      ? []
      : [{ id, message: { text: plain(other.message) }, physicalLocation: physical(other.at, context) }],
  );
  const fix = report.fixOf(found);
  return {
    ruleId: rule.id,
    ruleIndex: indexOf.get(rule.id),
    level: LEVELS[severity],
    message: { text: plain(`${objectPrefix(found)}${found.message}${templateEnd(at)}${unplaced.join('')}${advice}`) },
    locations: [at === undefined ? wholeInput(context) : locationOf(at, context)],
    relatedLocations: placed.length === 0 ? undefined : placed,
    partialFingerprints: { 'ingress2nginx/v1': report.fingerprintOf(found) },
    fixes: fix === undefined ? undefined : [fixOf(fix, context)],
    suppressions: hasSuppressed ? suppressionsOf(suppressedBy) : undefined,
  };
}

/** What is about the input as a whole stands at its first file: GitHub refuses a report with a result without a place. */
function wholeInput({ report, uriOf }: SarifContext) {
  const artifactLocation = uriOf(report.files[0] ?? '.');
  return { physicalLocation: { artifactLocation, region: { startLine: 1, startColumn: 1 } } };
}

function locationOf(at: Origin, context: SarifContext) {
  const { object } = at;
  return {
    physicalLocation: physical(at, context),
    logicalLocations:
      object === undefined
        ? undefined
        : [{ name: object.name, fullyQualifiedName: objectText(object), kind: 'resource' }],
  };
}

function physical(at: Origin, { uriOf }: SarifContext) {
  return { artifactLocation: uriOf(at.file), region: regionOf(at) };
}

function regionOf({ line, column, endLine = line, endColumn }: Origin) {
  const start = { startLine: line, startColumn: column };
  return endColumn === undefined ? start : { ...start, endLine, endColumn };
}

/** A viewer makes a link of `[text](target)`. */
function plain(text: string): string {
  return text.includes('](') ? text.replaceAll(/\[(?=[^[\]]*\]\()/g, String.raw`\[`) : text;
}

function fixOf({ title, edits }: ShownFix, { uriOf }: SarifContext) {
  const byFile = new Map<string, ShownFix['edits'][number][]>();
  for (const edit of edits) {
    const others = byFile.get(edit.at.file);
    if (others === undefined) byFile.set(edit.at.file, [edit]);
    else others.push(edit);
  }
  return {
    description: { text: title },
    artifactChanges: [...byFile].map(([file, own]) => ({
      artifactLocation: uriOf(file),
      replacements: own.map(({ at, text }) => ({ deletedRegion: regionOf(at), insertedContent: { text } })),
    })),
  };
}

function suppressionsOf(by: Omit<Suppressed, 'found'> | undefined) {
  if (by === undefined) return [];
  return [{ kind: by.kind, ...(by.reason === undefined ? {} : { justification: by.reason }) }];
}
