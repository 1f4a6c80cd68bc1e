import type { Failure, Interruption } from '../../diagnostics/failure.ts';
import { failure } from '../../diagnostics/failure.ts';
import { findNginx } from './nginx-binary.ts';
import { runProgram } from '../run-program.ts';
import type { NginxBuild } from './nginx-build.ts';
import { isNewEnough, parseNginxBuild } from './nginx-build.ts';

export type BuildSearch =
  | { readonly kind: 'found'; readonly build: NginxBuild }
  /** There is no nginx, or it is none that we can use. */
  | Failure
  | Interruption;

const LONGEST_ANSWER_MS = 10_000;

/**
 * Finds nginx and asks it what it is.
 *
 * @param wanted the `--nginx` of the user
 */
export async function findBuild(wanted: string | undefined, signal: AbortSignal): Promise<BuildSearch> {
  const program = findNginx(wanted);
  if (program === undefined) {
    const problem = wanted === undefined ? 'nginx is not installed; see --nginx' : `${wanted} is not a program`;
    return failure(problem);
  }
  const ended = await runProgram({ program, words: ['-V'], cwd: '/', timeoutMs: LONGEST_ANSWER_MS, signal });
  if (ended.kind !== 'ended') return ended;
  const build = parseNginxBuild(program, ended.stderr);
  if (build === undefined) return failure(`${program} is not an nginx`);
  if (isNewEnough(build)) return { kind: 'found', build };
  const { major, minor, patch } = build.version;
  const problem = `${program} is nginx ${major}.${minor}.${patch}; the oldest supported version is 1.22.0`;
  return failure(problem);
}
