import { expect, test } from 'vitest';

import type { NginxModule } from '../../../src/options/nginx-modules.ts';
import { compileSources } from '../../support/compiled.ts';

const FILTER = '/opt/modules/ngx_http_brotli_filter_module.so';
const STATIC = '/opt/my modules/ngx_http_brotli_static_module.so';

function loadedBy(options: string, nginxModules: readonly NginxModule[]): readonly string[] {
  const text = `{apiVersion: v1, kind: ConfigMap, metadata: {name: options, namespace: ingress}, data: {${options}}}\n`;
  const settings = { controllerConfig: 'ingress/options', nginxModules };
  const { conf } = compileSources([{ name: 'input.yaml', text }], settings);
  const before = conf.slice(0, conf.indexOf('events {'));
  expect(conf.slice(before.length)).not.toContain('load_module');
  return before.split('\n').filter(line => line.startsWith('load_module'));
}

test.each<{ name: string; options: string; modules: readonly NginxModule[]; lines: readonly string[] }>([
  {
    name: 'each file of a module that is used is loaded, once',
    options: 'enable-brotli: "true"',
    modules: [
      { name: 'brotli', file: FILTER },
      { name: 'brotli', file: STATIC },
      { name: 'brotli', file: FILTER },
    ],
    lines: [`load_module ${FILTER};`, `load_module "${STATIC}";`],
  },
  { name: 'one that nobody asks for is not', options: '', modules: [{ name: 'brotli', file: FILTER }], lines: [] },
  { name: 'one that is built in is not', options: 'enable-brotli: "true"', modules: [{ name: 'brotli' }], lines: [] },
])('$name', ({ options, modules, lines }) => {
  expect(loadedBy(options, modules)).toEqual(lines);
});
