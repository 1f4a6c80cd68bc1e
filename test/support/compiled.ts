import { USUAL_SETTINGS } from '../../bench/usual-settings.mjs';
import { compile } from '../../src/compile/compile.ts';
import type { CompileSettings } from '../../src/compile/settings.ts';
import { collect } from '../../src/diagnostics/diagnostic.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import type { SourceText } from '../../src/input/source.ts';
import { checkRouting } from '../../src/lint/check-routing.ts';
import { parseSources } from '../../src/manifests/parse-sources.ts';
import type { RenderedFiles } from '../../src/nginx/rendered-files.ts';
import { renderNginx } from '../../src/nginx/render.ts';
import { validateObjects } from '../../src/resources/validate.ts';

export interface Compiled {
  readonly files: RenderedFiles;
  /** The text of nginx.conf. */
  readonly conf: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** What a user gets without flags, on ports that anybody may open, in the year 2025. */
export const SETTINGS: CompileSettings = {
  ...USUAL_SETTINGS,
  forwards: new Map<string, number>(),
  now: Date.UTC(2025, 0, 1),
};

/** All stages from texts to files, as with `--on-error isolate`, within this process and without a disk. */
export function compileSources(sources: readonly SourceText[], settings: Partial<CompileSettings> = {}): Compiled {
  const { report, diagnostics } = collect();
  const { objects } = parseSources(sources, report);
  const resources = validateObjects(objects, report);
  const { routing } = compile(resources, { ...SETTINGS, ...settings }, report);
  checkRouting(routing, report);
  const files = renderNginx(routing, {});
  const bytes = files.files.find(file => file.path === 'nginx.conf')?.bytes;
  return { files, conf: new TextDecoder().decode(bytes), diagnostics };
}
