import type { Loading } from '../jobs/load.ts';
import { loadPaths } from '../jobs/load.ts';
import { readStdin } from './face.ts';
import type { InputRequest } from './input-flags.ts';
import type { CompileFlags } from './settings.ts';
import { compileSettings } from './settings.ts';

/** Reads and compiles what the command line names. */
export function loadInput(
  { paths, stdinName }: InputRequest,
  flags: CompileFlags & { readonly allowEmpty?: boolean | undefined },
): Promise<Loading> {
  const { allowEmpty } = flags;
  return loadPaths({ paths, stdin: readStdin, stdinName, settings: compileSettings(flags, Date.now()), allowEmpty });
}
