import { Chalk } from 'chalk';

import type { AskedRequest } from '../answers/explain/model.ts';
import type { ExplainAnswer } from '../jobs/explain.ts';
import { concernsOf, explainLoaded } from '../jobs/explain.ts';
import type { SortedFindings } from '../jobs/explain-findings.ts';
import { sortFindings } from '../jobs/explain-findings.ts';
import type { Loaded } from '../jobs/loaded.ts';
import { many } from '../diagnostics/words.ts';
import { explainJson } from '../report/explain-json.ts';
import { explainText } from '../report/explain-text.ts';
import type { OnStage } from '../steps/steps.ts';
import type { ExitCode } from './face.ts';
import { isColoured, print, wrapColumns } from './face.ts';
import { reportFindings } from './findings.ts';
import type { FindingFlags } from './flags.ts';
import type { InputRequest } from './input-flags.ts';
import { loadInput } from './load-input.ts';
import type { RequestFlags } from './request-flags.ts';
import type { CompileFlags } from './settings.ts';

export interface ExplainFlags extends CompileFlags, FindingFlags, RequestFlags {
  readonly stdinFilename: string;
  readonly follow?: boolean;
  readonly format: 'pretty' | 'json';
}

/** What is asked of the manifests. */
export interface ExplainAsked {
  readonly request: AskedRequest;
  readonly port: number | undefined;
  /** Said on stderr, such as that a scheme is assumed. */
  readonly notes: readonly string[];
}

/** Answers even where there are findings: what the request would meet is what would be served. */
export async function explainRequest(
  { request, port, notes }: ExplainAsked,
  input: InputRequest,
  flags: ExplainFlags,
  onStage?: OnStage,
): Promise<ExitCode> {
  const asked = { request, port, follows: flags.follow === true };
  const loading = await loadInput(input, flags, { onStage, concerns: concernsOf(asked) });
  if (loading.kind === 'refused') return loading.code;
  const { loaded } = loading;
  onStage?.('report');
  const answer = explainLoaded(loaded, asked);
  const style = new Chalk({ level: isColoured('stdout', flags.color) ? 1 : 0 });
  const isJson = flags.format === 'json';
  print(isJson ? explainJson(answer) : explainText(answer, { style, columns: wrapColumns('stdout') }));
  const { diagnostics, folded, note } = shownFindings(sortFindings(loaded, answer), loaded, flags);
  const end = { ...loaded, diagnostics, folded, notes: [...notes, ...note] };
  const code = await reportFindings(end, { ...flags, format: isJson ? 'json' : 'pretty' });
  return code === 0 ? codeOf(answer) : code;
}

/** Of other hosts, findings are counted alone, as long as nobody asks for all. */
function shownFindings({ concerning, others }: SortedFindings, { diagnostics }: Loaded, { verbose }: ExplainFlags) {
  if (verbose === true || others.length === 0) return { diagnostics, folded: [], note: [] };
  const [them, count] = [others.length === 1 ? 'it' : 'them', many(others.length, 'finding')];
  const note = [`${count} about other hosts: lint shows ${them}, and --verbose`];
  return { diagnostics: concerning, folded: others, note };
}

/** Whether a backend answers the last request. */
function codeOf({ explanations: [first, ...others] }: ExplainAnswer): ExitCode {
  return (others.at(-1) ?? first).outcome.kind === 'backend' ? 0 : 1;
}
