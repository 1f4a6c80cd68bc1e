import { collect, type Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import { isFieldRef } from '../../../src/diagnostics/place.ts';
import { parseSources } from '../../../src/manifests/parse-sources.ts';
import type { Resource } from '../../../src/resources/model.ts';
import { removedApiVersion } from '../../../src/resources/rules/removed-version.ts';
import { validateObjects } from '../../../src/resources/validate.ts';

export interface Examined {
  /** Those that are taken, and refused Ingresses. */
  readonly resources: readonly Resource[];
  /** Those that the API server would take. */
  readonly taken: readonly Resource[];
  readonly diagnostics: readonly Diagnostic[];
  /** `rule path`, such as `invalid-host spec.rules.0.host`; a `#` after it stands for the key. */
  readonly found: readonly string[];
}

/** Parses and validates a manifest. */
export function examine(text: string): Examined {
  const { report, diagnostics: all } = collect();
  const { objects } = parseSources([{ name: 'input.yaml', text }], report);
  const resources = validateObjects(objects, report);
  // A test of its own has it; here versions differ for the sake of their forms.
  const diagnostics = all.filter(({ rule }) => rule !== removedApiVersion);
  const taken = resources.filter(resource => !('isRefused' in resource && resource.isRefused));
  return {
    resources,
    taken,
    diagnostics,
    found: diagnostics.map(found => `${found.rule.name} ${placeOf(found)}`.trimEnd()),
  };
}

function placeOf({ at }: Diagnostic): string {
  if (at === undefined || !isFieldRef(at)) return '(in the text)';
  return `${at.path.join('.')}${at.part === 'key' ? '#' : ''}`;
}
