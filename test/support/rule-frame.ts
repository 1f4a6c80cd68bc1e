import { readFileSync } from 'node:fs';

import type { SourceText } from '../../src/input/source.ts';
import type { Document } from '../../src/manifests/document.ts';
import { parseSources } from '../../src/manifests/parse-sources.ts';

/** What the examples of rules do not repeat. */
const FRAME: readonly SourceText[] = readFileSync(new URL('../../fixtures/rules/frame.yaml', import.meta.url), 'utf8')
  .split(/^---$/mu)
  .map((text, index) => ({ name: `frame.yaml ${index + 1}`, text }));

function documentsOf(source: SourceText): readonly Document[] {
  return parseSources([source], () => undefined).objects.map(({ document }) => document);
}

/** An Ingress is any: a second one of the same host would be in its way. */
function identityOf({ kind, namespace, name }: Document): string {
  return kind === 'Ingress' ? kind : `${kind} ${String(namespace)}/${String(name)}`;
}

/**
 * An example of a rule, and what of the frame it does not have itself. `# without: Service EndpointSlice` in its head
 * leaves out more.
 */
export function framed(example: SourceText): readonly SourceText[] {
  const without = /^# without: (.*)$/mu.exec(example.text)?.[1]?.split(' ') ?? [];
  const own = new Set(documentsOf(example).map(identityOf));
  const added = FRAME.filter(part =>
    documentsOf(part).every(document => !own.has(identityOf(document)) && !without.includes(document.kind)),
  );
  return [example, ...added];
}
