import type { Hold } from '../jobs/hold.ts';
import type { RenderFailure, RenderRequest } from '../jobs/render.ts';
import type { NginxVersion } from '../nginx/version.ts';

/** What every command that writes files says of them. */
export interface OutputFlags extends Hold {
  readonly output?: string;
  readonly nginxVersion?: NginxVersion;
  readonly test?: boolean;
  readonly nginx?: string;
}

export function renderOptions(flags: OutputFlags): Omit<RenderRequest, 'loaded' | 'signal'> {
  const { output: folder, nginxVersion: version, test: isTested = false, nginx } = flags;
  return { hold: flags, folder, version, isTested, nginx };
}

/** What failed outside of the input, in words. */
export function renderProblem({ step, problem }: RenderFailure, { output = '' }: OutputFlags): string {
  return step === 'test' ? `--test: ${problem}` : `${output} was not written: ${problem}`;
}
