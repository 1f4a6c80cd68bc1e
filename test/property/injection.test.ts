import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';

import { compileSources } from '../support/compiled.ts';
import type { Compiled } from '../support/compiled.ts';
import { ingress, rule, service, slice } from '../support/manifests.ts';
import type { Manifest } from '../support/manifests.ts';
import { parseNginx } from '../support/nginx-parse.ts';
import type { Directive } from '../support/nginx-parse.ts';
import { checkNginx, freePorts } from '../support/nginx.ts';
import { fields } from './fields.ts';
import type { Field } from './fields.ts';
import { hostileText } from './hostile.ts';
import { runs } from './runs.ts';
import { kindsOf, shapeOf, surplus } from './shape.ts';

const PORTS = [{ name: 'http', number: 80, pod: 8080 }];

/** Somebody else's route in the same cluster, which must not notice anything. */
const bystander: readonly Manifest[] = [
  service('bystander', PORTS),
  slice('bystander', PORTS, { ready: ['web'] }),
  ingress({ name: 'bystander', rules: [rule('bystander.example.com', [['/', 'Prefix', 'bystander']])] }),
];

/** JSON, which is YAML, in ASCII: the text gets as far as the fields, not only as far as the YAML parser. */
function asciiYaml(manifests: readonly Manifest[]): string {
  return manifests
    .map(manifest =>
      JSON.stringify(manifest).replaceAll(
        /[\u007f-\uffff]/g,
        char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
      ),
    )
    .join('\n---\n');
}

let ports: { readonly httpPort: number; readonly httpsPort: number };

beforeAll(async () => {
  const [httpPort = 0, httpsPort = 0] = await freePorts(2);
  ports = { httpPort, httpsPort };
});

function compiled(field: Field, text: string, manifests: readonly Manifest[]): Compiled {
  const source = { name: 'shop.yaml', text: asciiYaml(manifests) };
  return compileSources([source], { ...ports, ...field.settings?.(text) });
}

function run(field: Field, text: string): Compiled {
  return compiled(field, text, [...bystander, ...field.make(text, 'n0')]);
}

function serverOf(host: string, conf: readonly Directive[]): string {
  const http = conf.find(({ name }) => name === 'http')?.block ?? [];
  const found = http.filter(({ block = [] }) =>
    block.some(({ name, args }) => name === 'server_name' && args[0] === host),
  );
  const withoutLines = (key: string, value: unknown) => (key === 'line' ? undefined : value);
  // What is declared has a name by what it holds.
  return JSON.stringify(found, withoutLines).replaceAll(/_[0-9a-f]{8}(?![0-9a-z])/g, '_HASH');
}

/** What a refused text may leave behind, such as a location that is closed: these are refused in most places. */
const REFUSED = [
  // Each word of an invalid host is closed.
  Array.from({ length: 100 }, (_, index) => `h${index}`).join(' '),
  '',
  '/../x',
  '/x_by_lua',
  'a{{ x }}',
  '\u0001',
  ' ',
  '-',
  'no such thing',
  '$1',
  '$no_such_variable',
  '()',
  '"',
  'TRUE',
];

interface Reference {
  readonly shapes: ReadonlySet<string>;
  readonly kinds: readonly ReadonlyMap<string, number>[];
  /** An option of the controller changes everybody's server, but in ways that harmless values change it, too. */
  readonly bystanders: ReadonlySet<string>;
}

function referenceFor(field: Field): Reference {
  const good = field.harmless.map(text => parseNginx(run(field, text).conf));
  const bad = REFUSED.map(text => parseNginx(run(field, text).conf));
  return {
    shapes: new Set(good.map(shapeOf)),
    kinds: [...good, ...bad].map(conf => kindsOf(conf)),
    bystanders: new Set([...good, ...bad].map(conf => serverOf('bystander.example.com', conf))),
  };
}

const FILE = /^(?:nginx\.conf|(?:auth|certs)\/[A-Za-z0-9][\w.-]*)$/;

function expectHarmless(field: Field, text: string, reference: Reference): void {
  const { conf, files, diagnostics } = run(field, text);
  const parsed = parseNginx(conf);
  expect(files.files.map(file => file.path).filter(path => !FILE.test(path))).toEqual([]);
  expect(reference.bystanders).toContain(serverOf('bystander.example.com', parsed));
  if (reference.shapes.has(shapeOf(parsed))) return;
  const refusals = diagnostics.filter(({ severity }) => severity !== 'info');
  expect({ refusals: refusals.length > 0, surplus: surplus(kindsOf(parsed), reference.kinds) }).toEqual({
    refusals: true,
    surplus: [],
  });
}

describe('no text becomes a directive as', () => {
  test.each(fields)('$name', field => {
    const reference = referenceFor(field);
    expect(reference.bystanders).not.toContain('[]');
    const property = fc.property(hostileText, text => expectHarmless(field, text, reference));
    fc.assert(property, runs(50));
  });
});

describe('nginx loads what is made of any text as', () => {
  const local = fields.filter(({ isGlobal = false, isLookedUp = false }) => !isGlobal && !isLookedUp);

  test.each(local)('$name', field => {
    const texts = fc.sample(hostileText, runs(40));
    const manifests = texts.flatMap((text, index) => field.make(text, `n${index}`));
    expect(checkNginx(compiled(field, '', manifests).files)).toMatchObject({ isFine: true });
  });

  test.each(fields.filter(({ isGlobal = false }) => isGlobal))('$name', field => {
    for (const text of [...field.harmless, ...fc.sample(hostileText, runs(2))]) {
      expect({ text, ...checkNginx(run(field, text).files) }).toMatchObject({ isFine: true });
    }
  });
});
