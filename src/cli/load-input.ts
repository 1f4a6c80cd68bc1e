import { loadPaths } from '../jobs/load.ts';
import type { Concerns, LoadedTexts } from '../jobs/load.ts';
import type { ClockFlags } from './clock-flags.ts';
import type { OnStage } from '../steps/steps.ts';
import type { ExcludeFlags } from './exclude-flags.ts';
import { excludeOf } from './exclude-flags.ts';
import type { ExitCode } from './face.ts';
import { readStdin, refuseMissing } from './face.ts';
import type { InputRequest } from './input-flags.ts';
import type { LevelFlags } from './level-flags.ts';
import { levelsOf } from './level-flags.ts';
import { optimiseLater } from './optimise-later.ts';
import type { CompileFlags } from './settings.ts';
import { compileSettings } from './compile-settings.ts';
import type { VersionFlags } from './version-flags.ts';

export interface LoadFlags extends ClockFlags, CompileFlags, ExcludeFlags, LevelFlags, VersionFlags {
  readonly allowEmpty?: boolean | undefined;
}

export interface LoadOptions {
  readonly onStage?: OnStage | undefined;
  /** Rules weigh what they weigh for `lint`. */
  readonly isLint?: true;
  /** Only what becomes of requests for some hosts is asked. */
  readonly concerns?: Concerns | undefined;
}

export type LoadedInput =
  | ({ readonly kind: 'loaded' } & LoadedTexts)
  /** Wrong usage, which has been said. */
  | { readonly kind: 'refused'; readonly code: ExitCode };

/** Reads and compiles what the command line names. */
export async function loadInput(
  { paths, stdinName, stdin }: InputRequest,
  flags: LoadFlags,
  { onStage, isLint, concerns }: LoadOptions = {},
): Promise<LoadedInput> {
  const levels = await levelsOf(flags);
  if (levels === undefined) return { kind: 'refused', code: 2 };
  const loading = await loadPaths({
    paths,
    stdin: () => stdin ?? readStdin(),
    stdinName,
    exclude: excludeOf(flags),
    onRead: optimiseLater,
    settings: compileSettings(flags, flags.now ?? Date.now()),
    levels: isLint === true ? { ...levels, areForLint: true } : levels,
    allowEmpty: flags.allowEmpty,
    isToCheck: isLint,
    concerns,
    onStage,
  });
  return loading.kind === 'missing' ? { kind: 'refused', code: refuseMissing(loading.paths) } : loading;
}
