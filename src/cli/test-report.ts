import { countTests } from '../answers/tests/results.ts';
import { writeReportFile } from '../output/report-file.ts';
import type { Look } from '../report/pretty.ts';
import { repositoryPaths } from '../report/repository-path.ts';
import { testsPretty } from '../report/tests-pretty.ts';
import type { TestReport } from '../report/tests-report.ts';
import type { ExitCode } from './face.ts';
import { print, tell } from './face.ts';
import { lookOf } from './findings.ts';
import { colourOfActions, isGithubActions, repositoryRoot } from './repository.ts';
import type { TestFlags, TestFormat } from './test-flags.ts';

/** Writes the results in all formats that are asked for; 1 where a test fails, or none could be seen. */
export async function reportTests(
  results: Pick<TestReport, 'suites' | 'live'>,
  { format = [], color, verbose }: TestFlags,
): Promise<ExitCode> {
  const folder = process.cwd();
  const pathOf = repositoryPaths(folder, repositoryRoot(folder));
  const report: TestReport = { ...results, startedAt: new Date().toISOString(), pathOf };
  const wanted = verbose === true ? 'all' : 'failed';
  let isWritten = true;
  for (const { format: name, file } of format) {
    const look = file === undefined ? lookOf('stdout', color) : { ...lookOf('stdout', 'never'), isTerminal: false };
    const text = await textOf(name, { report, look, wanted });
    if (file === undefined) {
      print(text);
      continue;
    }
    const problem = writeReportFile(file, text);
    if (problem !== undefined) tell('trouble', `${JSON.stringify(file)} was not written: ${problem}`);
    isWritten &&= problem === undefined;
  }
  if (format.length === 0) {
    const isForActions = isGithubActions();
    const look = lookOf('stdout', isForActions ? colourOfActions(color) : color);
    print(testsPretty(report, look, wanted));
    if (isForActions) print(await textOf('github', { report, look, wanted }));
  }
  if (!isWritten) return 3;
  const { passed, failed } = countTests(report.suites);
  return failed > 0 || passed === 0 ? 1 : 0;
}

interface Shown {
  readonly report: TestReport;
  readonly look: Look;
  readonly wanted: 'all' | 'failed';
}

/** Each format is loaded when it is asked for. */
async function textOf(format: TestFormat, { report, look, wanted }: Shown): Promise<string> {
  switch (format) {
    case 'pretty':
      return testsPretty(report, look, wanted);
    case 'tap': {
      const { testsTap } = await import('../report/tests-tap.ts');
      return testsTap(report);
    }
    case 'junit': {
      const { testsJunit } = await import('../report/tests-junit.ts');
      return testsJunit(report);
    }
    case 'github': {
      const { testsGithub } = await import('../report/tests-github.ts');
      return testsGithub(report);
    }
    case 'json': {
      const { testsJson } = await import('../report/tests-json.ts');
      return testsJson(report);
    }
  }
}
