import type { TestSuite } from '../answers/tests/results.ts';
import { many } from '../diagnostics/words.ts';
import { readTestFiles } from '../jobs/test-files.ts';
import type { ReadTests } from '../jobs/test-files.ts';
import type { Loaded } from '../jobs/loaded.ts';
import { testRoutes } from '../jobs/test-routes.ts';
import type { OnStage } from '../steps/steps.ts';
import type { ExitCode } from './face.ts';
import { tell } from './face.ts';
import { reportFindings } from './findings.ts';
import { refuseInputTargets, refuseTargets } from './lint-report.ts';
import { loadInput } from './load-input.ts';
import type { TestFlags } from './test-flags.ts';
import { reportTests } from './test-report.ts';

/** Runs tests of manifests, or of a running server. Findings of the manifests go to stderr, and count as everywhere. */
export async function runTests(paths: readonly string[], flags: TestFlags, onStage?: OnStage): Promise<ExitCode> {
  const refused = refuseTargets(flags);
  if (refused !== undefined) return refused;
  const files = readFiles(paths, flags);
  if (files === undefined) return 2;
  const overwrites = refuseInputTargets(
    flags,
    files.map(({ file }) => file),
  );
  if (overwrites !== undefined) return overwrites;
  if (flags.live !== undefined) {
    const { runLiveTests } = await import('./test-live.ts');
    return runLiveTests(files, flags);
  }
  const groups = groupsOf(files, flags);
  if (groups === undefined) return 2;
  const suites = new Map<string, TestSuite>();
  const loadedAll: Loaded[] = [];
  for (const { input, files: ofGroup } of groups.values()) {
    const loading = await loadInput({ paths: input, stdinName: flags.stdinFilename }, flags, { onStage });
    if (loading.kind === 'refused') return loading.code;
    const overwritesInput = refuseInputTargets(
      flags,
      loading.sources.map(({ name }) => name),
    );
    if (overwritesInput !== undefined) return overwritesInput;
    onStage?.('report');
    for (const { file, tests } of ofGroup) suites.set(file, { file, results: testRoutes(tests, loading.loaded) });
    loadedAll.push(loading.loaded);
  }
  const code = await reportTests(
    { suites: files.flatMap(({ file }) => suites.get(file) ?? []), live: undefined },
    flags,
  );
  return worst([code, ...(await reportAll(loadedAll, flags))]);
}

/** More of them help nobody. */
const MOST_PROBLEMS = 50;

/** The tests that are wanted; undefined where something is wrong with them, which has been said. */
function readFiles(paths: readonly string[], { grep }: TestFlags): readonly ReadTests[] | undefined {
  const read = readTestFiles(paths);
  if (read.kind === 'refused') {
    for (const { at, message, help } of read.problems.slice(0, MOST_PROBLEMS)) {
      tell('error', `${at.file}:${at.line}:${at.column}: ${message}${help === undefined ? '' : `; ${help}`}`);
    }
    const more = read.problems.length - MOST_PROBLEMS;
    if (more > 0) tell('error', `${many(more, 'more problem')} in the files of tests`);
    return undefined;
  }
  if (grep === undefined) return read.files;
  const files = read.files.flatMap(file => {
    const tests = file.tests.filter(({ name }) => name.includes(grep));
    return tests.length === 0 ? [] : [{ ...file, tests }];
  });
  if (files.length > 0) return files;
  tell('error', `no test has ${JSON.stringify(grep)} in its name`);
  return undefined;
}

interface Group {
  readonly input: readonly string[];
  readonly files: ReadTests[];
}

/** Files of tests by their manifests, which are compiled once for all of them. */
function groupsOf(files: readonly ReadTests[], { input: named }: TestFlags): ReadonlyMap<string, Group> | undefined {
  const groups = new Map<string, Group>();
  let isComplete = true;
  for (const file of files) {
    const input = named ?? file.manifests;
    const key = JSON.stringify(input);
    const group = groups.get(key);
    if (group !== undefined) group.files.push(file);
    else groups.set(key, { input, files: [file] });
    if (input.length > 0) continue;
    tell('error', `${file.file}:1:1: no manifests to test; name them in the file (manifests: [PATH]) or with --input`);
    isComplete = false;
  }
  return isComplete ? groups : undefined;
}

async function reportAll(all: readonly Loaded[], flags: TestFlags): Promise<readonly ExitCode[]> {
  const isJson = flags.format?.some(({ format, file }) => format === 'json' && file === undefined) === true;
  const codes: ExitCode[] = [];
  for (const loaded of all) {
    codes.push(await reportFindings({ ...loaded, notes: [] }, { ...flags, format: isJson ? 'json' : 'pretty' }));
  }
  return codes;
}

/** What went wrong outside of the input goes before findings. */
function worst(codes: readonly ExitCode[]): ExitCode {
  return ([3, 2, 1] as const).find(code => codes.includes(code)) ?? 0;
}
