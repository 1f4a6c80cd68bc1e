import packageFile from '../../package.json' with { type: 'json' };
import { graphOf } from '../answers/graph.ts';
import type { Graph } from '../answers/graph.ts';
import { pageData } from '../jobs/report-page.ts';
import type { Loaded } from '../jobs/loaded.ts';
import { foreignProblem, inputProblem } from '../output/overwrite.ts';
import { reportPathProblem, writeReportFile } from '../output/report-file.ts';
import { graphDot } from '../report/graph-dot.ts';
import { MERMAID_LIMITS, graphMermaid } from '../report/graph-mermaid.ts';
import { isReportPage, reportPage } from '../report/page.ts';
import type { OnStage } from '../steps/steps.ts';
import type { ExitCode } from './face.ts';
import { print, tell } from './face.ts';
import { reportFindings } from './findings.ts';
import type { FindingFlags } from './flags.ts';
import type { InputRequest } from './input-flags.ts';
import { loadInput } from './load-input.ts';
import type { CompileFlags } from './settings.ts';

export interface ReportPageFlags extends CompileFlags, FindingFlags {
  readonly stdinFilename: string;
  /** `-` and undefined: stdout. */
  readonly output?: string;
  readonly graph?: 'mermaid' | 'dot';
  /** Replaces a file whatever it holds, unless it is input. */
  readonly force?: boolean;
}

/** Writes the page, or the graph, even when there are findings: it shows them, and what would be served. */
export async function report(input: InputRequest, flags: ReportPageFlags, onStage?: OnStage): Promise<ExitCode> {
  const file = flags.output === '-' ? undefined : flags.output;
  const refusal = file === undefined ? undefined : outputProblem(file, flags);
  if (refusal !== undefined) return refuseOutput(refusal);
  const loading = await loadInput(input, flags, { onStage });
  if (loading.kind === 'refused') return loading.code;
  const { loaded, sources } = loading;
  const isInput = file === undefined ? undefined : inputProblem(file, new Set(sources.map(({ name }) => name)));
  if (isInput !== undefined) return refuseOutput(isInput);
  onStage?.('report');
  const { text, notes } = made(loaded, flags);
  if (file === undefined) print(text);
  const problem = file === undefined ? undefined : writeReportFile(file, text);
  const written = file === undefined || problem !== undefined ? [] : [`${file}: ${sizeText(text)} written`];
  const trouble = problem === undefined ? undefined : `${JSON.stringify(file)} was not written: ${problem}`;
  const end = { ...loaded, notes: [...notes, ...written], problem: trouble };
  const code = await reportFindings(end, { ...flags, format: 'pretty' });
  return problem === undefined ? code : 3;
}

function outputProblem(file: string, { graph, force = false }: ReportPageFlags): string | undefined {
  const problem = reportPathProblem(file);
  if (problem !== undefined || force) return problem;
  return foreignProblem(file, beginning => isOurs(beginning, graph));
}

/** What the same command wrote earlier may be replaced; so its graphs need no comment that others would see. */
function isOurs(beginning: string, graph: ReportPageFlags['graph']): boolean {
  switch (graph) {
    case undefined:
      return isReportPage(beginning);
    case 'mermaid':
      return beginning.startsWith('flowchart LR\n  n1');
    case 'dot':
      return beginning.startsWith('digraph routing {\n');
  }
}

function refuseOutput(problem: string): ExitCode {
  tell('error', `--output: ${problem}`);
  return 2;
}

interface Made {
  readonly text: string;
  readonly notes: readonly string[];
}

function made(loaded: Loaded, { graph: language }: ReportPageFlags): Made {
  if (language === undefined) return { text: reportPage(pageData(loaded, packageFile.version)), notes: [] };
  const graph = graphOf(loaded.routing);
  if (language === 'dot') return { text: graphDot(graph), notes: [] };
  const text = graphMermaid(graph);
  return { text, notes: limitNotes(graph, text) };
}

function limitNotes({ edges }: Graph, text: string): readonly string[] {
  const { edges: mostEdges, characters } = MERMAID_LIMITS;
  if (edges.length <= mostEdges && text.length <= characters) return [];
  const size = `${edges.length} arrows in ${text.length} characters`;
  return [
    `the graph has ${size}; GitHub draws ${mostEdges} arrows and ${characters} characters at most: give fewer manifests, or use --graph dot`,
  ];
}

function sizeText(text: string): string {
  const kilobytes = Buffer.byteLength(text) / 1000;
  return kilobytes < 1000 ? `${Math.ceil(kilobytes)} kB` : `${(kilobytes / 1000).toFixed(1)} MB`;
}
