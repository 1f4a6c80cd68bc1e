import { compile } from '../compile/compile.ts';
import { collect } from '../diagnostics/diagnostic.ts';
import type { Diagnostic, Report } from '../diagnostics/diagnostic.ts';
import { readSources } from '../input/read-sources.ts';
import { emptyInput } from '../input/rules.ts';
import type { SourceText } from '../input/source.ts';
import { locator } from '../manifests/locate.ts';
import { parseSources } from '../manifests/parse-sources.ts';
import type { Locate } from '../report/located.ts';
import type { RunCounts } from '../report/summary.ts';
import { validateDocuments } from '../resources/validate.ts';
import type { Routing } from '../routing/model.ts';
import { readStdin } from './face.ts';
import type { InputRequest } from './input-flags.ts';
import type { CompileFlags } from './settings.ts';
import { compileSettings } from './settings.ts';

export type Loading = { readonly kind: 'loaded'; readonly loaded: Loaded } | MissingPaths;

/** Paths of the command line that lead nowhere: then nothing is compiled. */
export interface MissingPaths {
  readonly kind: 'missing';
  readonly paths: readonly string[];
}

/** Manifests, read and compiled, and everything that was found on the way. */
export interface Loaded {
  readonly routing: Routing;
  /** Grows while later stages report. */
  readonly diagnostics: readonly Diagnostic[];
  readonly report: Report;
  readonly locate: Locate;
  readonly counts: RunCounts;
  readonly leftOut: readonly { readonly ingress: string; readonly reason: string }[];
}

/** Whether a text holds no object at all, not even an empty list: comments and separators do not count. */
function isBlank({ text }: SourceText): boolean {
  return text.split('\n').every(line => /^\s*(?:#.*|---\s*|\.\.\.\s*)?$/.test(line));
}

export async function load(input: InputRequest, flags: CompileFlags): Promise<Loading> {
  const { report, diagnostics } = collect();
  const { stdinName } = input;
  const { sources, missing } = await readSources(input.paths, { stdin: readStdin, stdinName, report });
  if (missing.length > 0) return { kind: 'missing', paths: missing };
  const { documents, skipped } = parseSources(sources, report);
  if (documents.length === 0 && sources.every(isBlank)) {
    const help = 'look at what the command before the pipe says, and at the paths';
    report({ rule: emptyInput, message: 'the input is empty', help });
  }
  const resources = validateDocuments(documents, report);
  const { routing, leftOut } = compile(resources, compileSettings(flags, Date.now()), report);
  const counts = {
    files: sources.length,
    objects: documents.length,
    // Those that are refused count as well.
    ingresses: documents.filter(document => document.kind === 'Ingress').length,
    leftOut: leftOut.length,
    skipped: [...skipped.values()].reduce((sum, count) => sum + count, 0),
  };
  return { kind: 'loaded', loaded: { routing, diagnostics, report, locate: locator(documents), counts, leftOut } };
}
