import type { FolderWords } from '../jobs/watch/folder.ts';
import { watchFolder } from '../jobs/watch/folder.ts';
import type { ExitCode } from './face.ts';
import type { ReportFlags } from './flags.ts';
import type { OutputFlags } from './output-flags.ts';
import { renderOptions, renderProblem } from './output-flags.ts';
import type { CompileFlags } from './settings.ts';
import type { WatchFlags } from './watch-flags.ts';
import { watch } from './watch.ts';
import { withheldProblem } from './withheld-text.ts';

export interface WatchRenderFlags extends CompileFlags, ReportFlags, OutputFlags, WatchFlags {
  readonly output: string;
}

/** Keeps an output folder up to date, until a signal ends it. */
export function watchRender(paths: readonly string[], flags: WatchRenderFlags): Promise<ExitCode> {
  const { output: folder } = flags;
  const options = { ...renderOptions(flags), folder };
  const words: FolderWords = { withheld: withheldProblem, failed: failure => renderProblem(failure, flags) };
  const title = `render --watch -o ${folder}`;
  return watch({ paths, flags, title, open: request => watchFolder(request, options, words) });
}
