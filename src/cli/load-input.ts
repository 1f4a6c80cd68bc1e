import type { Loading } from '../jobs/load.ts';
import { loadPaths } from '../jobs/load.ts';
import type { ExcludeFlags } from './exclude-flags.ts';
import { excludeOf } from './exclude-flags.ts';
import { readStdin } from './face.ts';
import type { OnStage } from '../steps/steps.ts';
import type { InputRequest } from './input-flags.ts';
import { optimiseLater } from './optimise-later.ts';
import type { CompileFlags } from './settings.ts';
import { compileSettings } from './settings.ts';

/** Reads and compiles what the command line names. */
export function loadInput(
  { paths, stdinName, stdin }: InputRequest,
  flags: CompileFlags & ExcludeFlags & { readonly allowEmpty?: boolean | undefined },
  onStage?: OnStage,
): Promise<Loading> {
  const { allowEmpty } = flags;
  const settings = compileSettings(flags, Date.now());
  return loadPaths({
    paths,
    stdin: stdin === undefined ? readStdin : () => stdin,
    stdinName,
    exclude: excludeOf(flags),
    onRead: optimiseLater,
    settings,
    allowEmpty,
    onStage,
  });
}
