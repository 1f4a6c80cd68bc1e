import { expect, test } from 'vitest';

import { compileSources } from '../../support/compiled.ts';
import type { IngressOptions, Manifest } from '../../support/manifests.ts';
import { ingress, rule, service, yamlOf } from '../../support/manifests.ts';

const WEB = service('web', [{ number: 80, pod: 8080 }]);
const HOST = rule('a.io', undefined);
const PATHS = rule('', [['/', 'Prefix', 'web']]);
const BOTH = rule('a.io', [['/', 'Prefix', 'web']]);

/** What is said of the rules of an Ingress, and where. */
function found(rules: readonly Manifest[], parts: IngressOptions = {}): readonly string[] {
  const text = yamlOf([ingress({ ...parts, rules }), WEB]);
  const { diagnostics } = compileSources([{ name: 'shop.yaml', text }]);
  const ofRules = diagnostics.filter(({ rule: { id } }) => id === 'I2N208' || id === 'I2N209');
  return ofRules.map(
    ({ rule: { name }, at }) => `${name} ${at !== undefined && 'path' in at ? at.path.join('.') : ''}`,
  );
}

test.each<{ name: string; rules: readonly Manifest[]; parts?: IngressOptions; says: readonly string[] }>([
  { name: 'a dash too many', rules: [HOST, PATHS], says: ['split-rule spec.rules.0.host'] },
  { name: 'a dash too many before the host', rules: [PATHS, HOST], says: ['split-rule spec.rules.1.host'] },
  { name: 'a host without paths', rules: [HOST], says: ['pathless-host spec.rules.0.host'] },
  {
    name: 'a host without paths beside another one',
    rules: [HOST, rule('b.io', [['/', 'Prefix', 'web']])],
    says: ['pathless-host spec.rules.0.host'],
  },
  { name: 'a host with paths', rules: [BOTH], says: [] },
  { name: 'paths for all hosts', rules: [PATHS], says: [] },
  { name: 'a host with paths, and paths for all others', rules: [BOTH, PATHS], says: [] },
  { name: 'a host that another rule has paths for', rules: [HOST, BOTH], says: [] },
  { name: 'a host for the default backend', rules: [HOST], parts: { defaultBackend: 'web' }, says: [] },
  {
    name: 'a host that is redirected',
    rules: [HOST],
    parts: { annotations: { 'permanent-redirect': 'https://b.io/' } },
    says: [],
  },
])('$name', ({ rules, parts, says }) => {
  expect(found(rules, parts)).toEqual(says);
});
