import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { graphOf } from '../../../src/answers/graph.ts';
import type { Graph } from '../../../src/answers/graph.ts';
import { graphDot } from '../../../src/report/graph-dot.ts';
import { graphMermaid } from '../../../src/report/graph-mermaid.ts';
import { hostileText } from '../../property/hostile.ts';
import { runs } from '../../property/runs.ts';
import { routingOf } from '../../support/explained.ts';
import { ingress, service, slice } from '../../support/manifests.ts';

const PORTS = [{ name: 'http', number: 80, pod: 8080 }];

const MANIFESTS = [
  service('web', PORTS, { clusterIP: '10.0.0.7' }),
  slice('web', PORTS, { ready: ['web'] }),
  service('next', PORTS, { clusterIP: '10.0.0.8' }),
  slice('next', PORTS, { ready: ['cart'] }),
  ingress({
    name: 'web',
    host: 'shop.example.com',
    paths: [
      ['/', 'Prefix', 'web'],
      ['/cart', 'Prefix', 'web'],
    ],
  }),
  ingress({
    name: 'web-try',
    host: 'shop.example.com',
    annotations: { canary: 'true', 'canary-weight': '20' },
    paths: [['/cart', 'Prefix', 'next']],
  }),
  ingress({
    name: 'old',
    host: 'old.example.com',
    annotations: { 'permanent-redirect': 'https://shop.example.com/' },
    paths: [['/', 'Prefix', 'web']],
  }),
];

test('hosts, paths, Ingresses, Services and endpoints are drawn once each, with the shares of a canary', () => {
  expect(graphMermaid(graphOf(routingOf(MANIFESTS)))).toMatchInlineSnapshot(`
    "flowchart LR
      n1(["old.example.com"])
      n2(["shop.example.com"])
      n3["/<br>Prefix"]
      n4["/cart<br>Prefix"]
      n5["/<br>Prefix"]
      n6[["Ingress shop/old"]]
      n7[["Ingress shop/web<br>Ingress shop/web-try"]]
      n8("Service shop/next#58;80")
      n9("Service shop/web#58;80")
      n10[("127.0.10.2#58;8080")]
      n11[("127.0.10.1#58;8080")]
      n12{{"301 to https#58;//shop.example.com/"}}
      n1 --> n3
      n3 --> n6
      n6 --> n12
      n2 --> n4
      n4 --> n7
      n7 -->|"20#37;"| n8
      n8 --> n10
      n7 -->|"80#37;"| n9
      n9 --> n11
      n2 --> n5
      n5 --> n7
    "
  `);
});

test('the same as dot', () => {
  expect(graphDot(graphOf(routingOf(MANIFESTS)))).toMatchInlineSnapshot(`
    "digraph routing {
      rankdir=LR;
      n1 [label="old.example.com", shape=box, style="rounded,bold"];
      n2 [label="shop.example.com", shape=box, style="rounded,bold"];
      n3 [label="/\\nPrefix", shape=box, fontname="monospace"];
      n4 [label="/cart\\nPrefix", shape=box, fontname="monospace"];
      n5 [label="/\\nPrefix", shape=box, fontname="monospace"];
      n6 [label="Ingress shop/old", shape=note];
      n7 [label="Ingress shop/web\\nIngress shop/web-try", shape=note];
      n8 [label="Service shop/next:80", shape=component];
      n9 [label="Service shop/web:80", shape=component];
      n10 [label="127.0.10.2:8080", shape=cylinder];
      n11 [label="127.0.10.1:8080", shape=cylinder];
      n12 [label="301 to https://shop.example.com/", shape=octagon];
      n1 -> n3;
      n3 -> n6;
      n6 -> n12;
      n2 -> n4;
      n4 -> n7;
      n7 -> n8 [label="20%"];
      n8 -> n10;
      n7 -> n9 [label="80%"];
      n9 -> n11;
      n2 -> n5;
      n5 -> n7;
    }
    "
  `);
});

test('without an Ingress there is nothing to draw', () => {
  expect(graphMermaid(graphOf(routingOf([])))).toBe('flowchart LR\n');
  expect(graphDot(graphOf(routingOf([])))).toBe('digraph routing {\n  rankdir=LR;\n}\n');
});

const graphs: fc.Arbitrary<Graph> = fc.array(hostileText, { minLength: 1, maxLength: 3 }).map(lines => ({
  nodes: [
    { id: 'n1', kind: 'path', lines },
    { id: 'n2', kind: 'service', lines },
  ],
  edges: [{ from: 'n1', to: 'n2', label: lines.join('') }],
}));

test('no text of a manifest ends a label of mermaid, or means anything in it', () => {
  fc.assert(
    fc.property(graphs, graph => {
      const lines = graphMermaid(graph).split('\n');
      const label = String.raw`(?:[\w ./-]|#\d+;|<br>)*`;
      expect(lines).toEqual([
        'flowchart LR',
        expect.stringMatching(new RegExp(`^  n1\\["${label}"\\]$`)),
        expect.stringMatching(new RegExp(`^  n2\\("${label}"\\)$`)),
        expect.stringMatching(new RegExp(`^  n1 -->\\|"${label}"\\| n2$`)),
        '',
      ]);
    }),
    runs(200),
  );
});

test('no text of a manifest ends a label of dot', () => {
  fc.assert(
    fc.property(graphs, graph => {
      const lines = graphDot(graph).split('\n');
      const label = String.raw`"(?:[^"\\]|\\[\\"n])*"`;
      expect(lines).toEqual([
        'digraph routing {',
        '  rankdir=LR;',
        expect.stringMatching(new RegExp(`^  n1 \\[label=${label}, shape=[^\\]]*\\];$`)),
        expect.stringMatching(new RegExp(`^  n2 \\[label=${label}, shape=[^\\]]*\\];$`)),
        expect.stringMatching(new RegExp(`^  n1 -> n2 \\[label=${label}\\];$`)),
        '}',
        '',
      ]);
    }),
    runs(200),
  );
});
