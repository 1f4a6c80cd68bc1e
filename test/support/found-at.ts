import type { CompileSettings } from '../../src/compile/settings.ts';
import { compile } from '../../src/compile/compile.ts';
import { collect } from '../../src/diagnostics/diagnostic.ts';
import { locateAll } from '../../src/diagnostics/located.ts';
import { checkRouting } from '../../src/lint/check-routing.ts';
import { locator } from '../../src/manifests/locate.ts';
import { parseSources } from '../../src/manifests/parse-sources.ts';
import { validateObjects } from '../../src/resources/validate.ts';
import { SETTINGS } from './compiled.ts';

/** Where findings of a manifest are: `7:18 warning expires-soon`, one a line, in the order of the file. */
export function foundAt(text: string, settings: Partial<CompileSettings> = {}): readonly string[] {
  const { report, diagnostics } = collect();
  const { objects } = parseSources([{ name: 'input.yaml', text }], report);
  const locate = locator(objects.map(({ document }) => document));
  const resources = validateObjects(objects, report);
  const { routing } = compile(resources, { ...SETTINGS, ...settings }, report);
  checkRouting(routing, report);
  return locateAll(diagnostics, locate).map(
    ({ at, severity, rule }) => `${at?.line ?? '-'}:${at?.column ?? '-'} ${severity} ${rule.name}`,
  );
}
