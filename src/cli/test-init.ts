import { existsSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';

import { frozenTests } from '../answers/tests/init/init.ts';
import { many } from '../diagnostics/words.ts';
import { shellPath } from '../diagnostics/shell-word.ts';
import { mayName } from '../jobs/test-files.ts';
import { inputProblem } from '../output/overwrite.ts';
import { reportPathProblem, writeReportFile } from '../output/report-file.ts';
import { testsFile } from '../report/tests-file.ts';
import type { OnStage } from '../steps/steps.ts';
import type { ExitCode } from './face.ts';
import { print, tell } from './face.ts';
import { reportFindings } from './findings.ts';
import type { InputRequest } from './input-flags.ts';
import { loadInput } from './load-input.ts';
import type { TestFlags } from './test-flags.ts';

/** Writes tests of what the manifests do today. */
export async function initTests(input: InputRequest, flags: TestFlags, onStage?: OnStage): Promise<ExitCode> {
  const { output, force } = flags;
  const refused = output === undefined ? undefined : outputProblem(output, force === true ? 'replace' : 'keep');
  if (refused !== undefined) return refuseOutput(refused);
  const loading = await loadInput(input, flags, { onStage });
  if (loading.kind === 'refused') return loading.code;
  const { loaded, sources } = loading;
  const isInput = output === undefined ? undefined : inputProblem(output, new Set(sources.map(({ name }) => name)));
  if (isInput !== undefined) return refuseOutput(isInput);
  onStage?.('report');
  const hosts = frozenTests(loaded.routing);
  const text = testsFile(hosts, { manifests: manifestsFrom(input.paths, output), runBy: commandOf(flags) });
  const problem = output === undefined ? undefined : writeReportFile(output, text);
  if (output === undefined) print(text);
  const count = hosts.reduce((sum, { tests }) => sum + tests.length, 0);
  const notes = output === undefined || problem !== undefined ? [] : [`${many(count, 'test')} written to ${output}`];
  const failed = problem === undefined ? undefined : `${output} was not written: ${problem}`;
  const code = await reportFindings({ ...loaded, notes, problem: failed }, { ...flags, format: 'pretty' });
  return problem === undefined ? code : 3;
}

function commandOf({ compileWords = [], output = 'FILE' }: TestFlags): string | undefined {
  return compileWords.length === 0 ? undefined : ['ingress2nginx test', shellPath(output), ...compileWords].join(' ');
}

function refuseOutput(problem: string): ExitCode {
  tell('error', `--output: ${problem}`);
  return 2;
}

function outputProblem(path: string, standing: 'keep' | 'replace'): string | undefined {
  const problem = reportPathProblem(path);
  if (problem !== undefined) return problem;
  return standing === 'keep' && existsSync(path)
    ? `${JSON.stringify(path)} is there already; use --force to replace it`
    : undefined;
}

/** As a file of tests names them: from its own folder. Undefined where it must not. */
function manifestsFrom(paths: readonly string[], output = 'tests.yaml'): readonly string[] | undefined {
  if (paths.some(path => path === '-' || !mayName(output, path))) return undefined;
  return paths.map(path => {
    const from = relative(resolve(dirname(output)), resolve(path)) || '.';
    return path.endsWith('/') ? `${from}/` : from;
  });
}
