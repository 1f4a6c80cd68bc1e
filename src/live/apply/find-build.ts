import { findNginx } from '../nginx-binary.ts';
import { runProgram } from '../run-program.ts';
import type { NginxBuild } from './nginx-build.ts';
import { isNewEnough, parseNginxBuild } from './nginx-build.ts';

export type BuildSearch =
  | { readonly kind: 'found'; readonly build: NginxBuild }
  /** There is no nginx, or it is none that we can use. */
  | { readonly kind: 'unable'; readonly problem: string }
  | { readonly kind: 'interrupted' };

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
    return { kind: 'unable', problem };
  }
  const ended = await runProgram({ program, words: ['-V'], cwd: '/', timeoutMs: LONGEST_ANSWER_MS, signal });
  if (ended.kind === 'interrupted') return ended;
  if (ended.kind === 'failed') return { kind: 'unable', problem: ended.problem };
  const build = parseNginxBuild(program, ended.stderr);
  if (build === undefined) return { kind: 'unable', problem: `${program} is not an nginx` };
  if (isNewEnough(build)) return { kind: 'found', build };
  const { major, minor, patch } = build.version;
  const problem = `${program} is nginx ${major}.${minor}.${patch}; the oldest supported version is 1.22.0`;
  return { kind: 'unable', problem };
}
