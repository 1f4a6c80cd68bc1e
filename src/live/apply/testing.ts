import { join } from 'node:path';

import { failure } from '../../diagnostics/failure.ts';
import { explainLate } from '../local-nginx/late-test.ts';
import { runProgram } from '../run-program.ts';
import type { Engine } from './engine.ts';
import type { NginxVerdict } from '../local-nginx/nginx-test.ts';
import { explainListening, isOnlySockets } from '../local-nginx/nginx-trouble.ts';

/**
 * Asks the nginx that will serve a release, as the user that will run it, whether it loads. A port
 * in use is nothing that a test sees: the nginx that runs uses them.
 */
export async function testRelease(
  { nginx: { setup, timeoutMs }, step }: Engine,
  folder: string,
  signal: AbortSignal,
): Promise<NginxVerdict> {
  step('test the release');
  const words = setup.testWords(join(folder, 'nginx.conf'));
  const ended = await runProgram({ program: setup.program, words, cwd: '/', timeoutMs, signal });
  if (ended.kind !== 'ended') return explainLate(ended);
  if (ended.code === 0) {
    return signal.aborted ? { kind: 'interrupted' } : { kind: 'accepted', stderr: relative(ended.stderr, folder) };
  }
  const problem = problemOf(ended.stderr, folder);
  return problem === undefined ? { kind: 'refused', stderr: relative(ended.stderr, folder) } : failure(problem);
}

/** Paths of nginx without the folder that they are in. */
export function relative(stderr: string, folder: string): string {
  return stderr.replaceAll(`${folder}/`, '');
}

/** What is wrong with the machine and not with the configuration; undefined when the configuration is. */
function problemOf(stderr: string, folder: string): string | undefined {
  if (isOnlySockets(stderr)) return explainListening(stderr.split('\n'), new Set());
  if (stderr.includes('unknown directive "stream"')) {
    return 'this nginx has no stream module, which TCP and UDP services and ssl-passthrough need: install it (Debian: libnginx-mod-stream)';
  }
  if (stderr.includes('unknown directive "ssl_preread"')) {
    return 'this nginx was built without ssl_preread, which ssl-passthrough needs: use another, or --no-enable-ssl-passthrough';
  }
  const [, path, code] = /\[emerg\] .*\(\) "([^"]+)" failed \((13|28):/.exec(stderr) ?? [];
  // What lies in the release is ours to get right.
  if (path === undefined || path.startsWith(`${folder}/`)) return undefined;
  return code === '28' ? `the disk is full: nginx cannot write ${path}` : `no permission for ${path}: run as root`;
}
