import type { TestSuite } from '../answers/tests/results.ts';
import type { ReadTests } from '../jobs/test-files.ts';
import { testLive } from '../jobs/test-live.ts';
import type { ExitCode } from './face.ts';
import { tell } from './face.ts';
import { interruptible } from './interrupt.ts';
import type { LiveAddress, TestFlags } from './test-flags.ts';
import { reportTests } from './test-report.ts';

/** Sends the requests of tests to a running server. No manifests are read. */
export async function runLiveTests(files: readonly ReadTests[], flags: TestFlags): Promise<ExitCode> {
  const { live = {}, insecure, timeout } = flags;
  const missing = missingScheme(files, flags);
  if (missing !== undefined) {
    tell(
      'error',
      `the tests have requests of ${missing}://, and --live names no such address: give --live ${missing}://HOST:PORT as well`,
    );
    return 2;
  }
  const suites = await interruptible(async signal => {
    const server = { addresses: live, timeoutMs: timeout * 1_000, checksCertificates: insecure !== true, signal };
    const done: TestSuite[] = [];
    for (const { file, tests } of files) {
      const answered = await testLive(tests, server);
      if (answered.kind !== 'answered') return answered;
      done.push({ file, results: answered.results });
    }
    return done;
  });
  if ('kind' in suites) {
    if (suites.kind === 'failed') tell('trouble', suites.problem);
    return suites.kind === 'failed' ? 3 : 1;
  }
  return reportTests({ suites, live: liveName(flags) }, flags);
}

function missingScheme(files: readonly ReadTests[], { live = {} }: TestFlags): 'http' | 'https' | undefined {
  const schemes = new Set(files.flatMap(({ tests }) => tests.map(({ request }) => request.scheme)));
  return (['http', 'https'] as const).find(scheme => schemes.has(scheme) && live[scheme] === undefined);
}

/** `http://127.0.0.1:8080, https://127.0.0.1:8443` */
function liveName({ live = {} }: TestFlags): string {
  const shown = (scheme: 'http' | 'https', address: LiveAddress | undefined): readonly string[] => {
    if (address === undefined) return [];
    const { hostname, port } = address;
    return [`${scheme}://${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`];
  };
  return [...shown('http', live.http), ...shown('https', live.https)].join(', ');
}
