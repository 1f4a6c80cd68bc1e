import { rollBack } from '../jobs/releases.ts';
import type { ExitCode } from './face.ts';
import { interruptible } from './interrupt.ts';
import { outcomeLine } from './outcome.ts';
import type { ReleaseFlags } from './release-report.ts';
import { reportRelease } from './release-report.ts';
import { nginxOptions } from './serving-flags.ts';

export async function rollback(release: string | undefined, flags: ReleaseFlags): Promise<ExitCode> {
  const nginx = nginxOptions(flags);
  return interruptible(async signal => reportRelease(await rollBack(release, { nginx, signal }), outcomeLine, flags));
}
