import { interruptible } from './interrupt.ts';
import type { ExitCode } from './face.ts';
import { outcomeLine } from './outcome.ts';
import { reportServed, serveRelease } from './serve-release.ts';
import type { ReleaseFlags } from './serve-release.ts';

/** Serves an earlier release again: the one before the current one, unless one is named. */
export async function rollback(release: string | undefined, flags: ReleaseFlags): Promise<ExitCode> {
  return interruptible(async signal => {
    const request = { flags, purpose: 'rollback', signal } as const;
    return reportServed(await serveRelease(request, applier => applier.rollback(release, signal)), outcomeLine, flags);
  });
}
