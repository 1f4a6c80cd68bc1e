import * as fc from 'fast-check';
import { dump } from 'js-yaml';
import { describe, expect, test } from 'vitest';

import { construct } from '../../src/manifests/construct.ts';
import { renderNginx } from '../../src/nginx/render.ts';
import { fixedText, loadedTexts } from '../support/fixed.ts';
import { runs } from './runs.ts';

/*
 * Ingresses of the beta versions, written in many styles: they must become what the API server makes of them, and be
 * rendered as before.
 */

interface OldBackend {
  readonly serviceName: string;
  readonly servicePort: number | string;
}

interface OldPath {
  readonly path?: string;
  readonly pathType?: string;
  readonly backend: OldBackend;
}

interface OldIngress {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: {
    readonly backend?: OldBackend;
    readonly rules?: readonly { readonly host?: string; readonly http: { readonly paths: readonly OldPath[] } }[];
  };
}

const backend: fc.Arbitrary<OldBackend> = fc
  .record({
    serviceName: fc.constantFrom('web', 'api-v2', 'no', 'null'),
    servicePort: fc.constantFrom<number | string>(80, 8080, 'http', 'on', 'y'),
  })
  .chain(({ serviceName, servicePort }) =>
    fc.boolean().map(isTurned => (isTurned ? { servicePort, serviceName } : { serviceName, servicePort })),
  );

const path: fc.Arbitrary<OldPath> = fc.record(
  {
    path: fc.constantFrom('/', '/api', '/api(/|$)(.*)', '/a#b', '/ä', '/:x', '/{id}'),
    pathType: fc.constantFrom('Prefix', 'Exact', 'ImplementationSpecific'),
    backend,
  },
  { requiredKeys: ['backend'] },
);

const spec: fc.Arbitrary<OldIngress['spec']> = fc.record(
  {
    backend,
    rules: fc.array(
      fc.record(
        {
          host: fc.constantFrom('shop.example.com', '*.example.com', 'a.example.org'),
          http: fc.record({
            paths: fc
              .array(path, { minLength: 1, maxLength: 3 })
              // What has no path must not have a type that needs one.
              .map(paths => paths.map(each => (each.path === undefined ? { backend: each.backend } : each))),
          }),
        },
        { requiredKeys: ['http'] },
      ),
      { minLength: 1, maxLength: 3 },
    ),
  },
  { requiredKeys: ['rules'] },
);

const ingress: fc.Arbitrary<OldIngress> = fc.record({
  apiVersion: fc.constantFrom('extensions/v1beta1', 'networking.k8s.io/v1beta1'),
  kind: fc.constant('Ingress'),
  metadata: fc.record(
    {
      name: fc.constantFrom('shop', 'blog'),
      annotations: fc.dictionary(
        fc.constantFrom('nginx.ingress.kubernetes.io/use-regex', 'nginx.ingress.kubernetes.io/ssl-redirect', 'a/b'),
        fc.constantFrom('true', 'false', 'two\nlines\n'),
      ),
    },
    { requiredKeys: ['name'] },
  ),
  spec,
});

/** As the API server converts them. */
function backendInV1({ serviceName, servicePort }: OldBackend) {
  const port = typeof servicePort === 'number' ? { number: servicePort } : { name: servicePort };
  return { service: { name: serviceName, port } };
}

function inV1({ kind, metadata, spec: { backend: defaultBackend, rules = [], ...others } }: OldIngress) {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind,
    metadata,
    spec: {
      ...others,
      ...(defaultBackend === undefined ? {} : { defaultBackend: backendInV1(defaultBackend) }),
      rules: rules.map(({ http, ...rule }) => ({
        ...rule,
        http: {
          paths: http.paths.map(({ pathType = 'ImplementationSpecific', backend: old, ...each }) => ({
            ...each,
            pathType,
            backend: backendInV1(old),
          })),
        },
      })),
    },
  };
}

interface Style {
  readonly indent: number;
  readonly flowLevel: number;
  readonly isCompact: boolean;
  readonly quote: 'single' | 'double';
  readonly lineEnd: string;
  readonly isCommented: boolean;
  readonly json: 'no' | 'one line' | 'lines' | 'tabs';
  readonly isList: boolean;
}

const style: fc.Arbitrary<Style> = fc.record({
  indent: fc.constantFrom(2, 3, 4),
  flowLevel: fc.constantFrom(-1, -1, 0, 2, 5, 7),
  isCompact: fc.boolean(),
  quote: fc.constantFrom('single', 'double'),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  isCommented: fc.boolean(),
  json: fc.constantFrom('no', 'no', 'no', 'one line', 'lines', 'tabs'),
  isList: fc.boolean(),
});

const JSON_INDENT = { no: '', 'one line': '', lines: '  ', tabs: '\t' } as const;

function written(objects: readonly OldIngress[], asked: Style): string {
  const { indent, flowLevel, isCompact, quote, lineEnd, isCommented, json, isList } = asked;
  const values: readonly unknown[] = isList
    ? [{ apiVersion: 'v1', kind: 'List', items: objects }]
    : objects.slice(0, 1);
  if (json !== 'no') return values.map(value => JSON.stringify(value, undefined, JSON_INDENT[json])).join('');
  const text = values
    .map(value =>
      dump(value, { indent, flowLevel, seqNoIndent: isCompact, quoteStyle: quote, noRefs: true, lineWidth: -1 }),
    )
    .join('---\n');
  const isEnd = (line: string): boolean => /^\s*(?:- )?[A-Za-z]+: [a-zA-Z0-9/.]+$/.test(line);
  const commented = text
    .split('\n')
    .map((line, index) => (isCommented && isEnd(line) ? `${line}  # note ${index}` : line));
  return commented.join(lineEnd);
}

function renderedOf(text: string): string {
  const { routing } = loadedTexts([{ name: 'a.yaml', text }]);
  return renderNginx(routing, {})
    .files.map(({ path: name, bytes }) => `# ${name}\n${new TextDecoder().decode(bytes)}`)
    .join('');
}

const commentsOf = (text: string): readonly string[] => text.match(/# note \d+/g) ?? [];

/** Each form of them once. */
const lineEndsOf = (text: string): readonly string[] => [...new Set(text.match(/\r?\n/g))];

describe('Ingresses of beta versions', () => {
  test('become what the API server makes of them, and are rendered as before', async () => {
    const input = fc.tuple(fc.array(ingress, { minLength: 1, maxLength: 3 }), style);
    await fc.assert(
      fc.asyncProperty(input, async ([objects, asked]) => {
        const before = written(objects, asked);
        const { text, refused } = await fixedText(before, ({ effect }) => effect === 'same');
        expect(refused).toEqual([]);
        const expected = asked.isList
          ? [{ apiVersion: 'v1', kind: 'List', items: objects.map(inV1) }]
          : objects.slice(0, 1).map(inV1);
        expect(construct(text).map(({ value }) => value)).toEqual(expected);
        expect(commentsOf(text)).toEqual(commentsOf(before));
        expect(lineEndsOf(text)).toEqual(lineEndsOf(before));
        expect(renderedOf(text)).toBe(renderedOf(before));
        expect((await fixedText(text, ({ effect }) => effect === 'same')).count).toBe(0);
      }),
      runs(100),
    );
  });
});
