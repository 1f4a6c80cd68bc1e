import { expect, test } from 'vitest';

import { explained, outcomeText, routingOf } from '../../../support/explained.ts';
import { ingress, service } from '../../../support/manifests.ts';

const ROUTING = routingOf([
  ingress({ name: 'web', host: 'shop.example.com', paths: [['/', 'Prefix', 'web']] }),
  service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.96.0.1' }),
]);

test.each<readonly [sentence: string, headers: readonly (readonly [string, string])[], outcome: string]>([
  ['chunks are taken', [['Transfer-Encoding', 'Chunked']], 'shop/web:80 /'],
  ['no other encoding is', [['transfer-encoding', 'gzip']], '501'],
  ['nor several of them', [['Transfer-Encoding', 'gzip, chunked']], '501'],
  [
    'an encoding counts before a length',
    [
      ['Transfer-Encoding', 'gzip'],
      ['Content-Length', '1'],
    ],
    '501',
  ],
  [
    'a length must be a number',
    [
      ['Content-Length', 'x'],
      ['Transfer-Encoding', 'gzip'],
    ],
    '400',
  ],
  [
    'chunks have no length',
    [
      ['Transfer-Encoding', 'chunked'],
      ['Content-Length', '1'],
    ],
    '400',
  ],
  [
    'a header that is there twice is refused',
    [
      ['Transfer-Encoding', 'chunked'],
      ['Transfer-Encoding', 'chunked'],
    ],
    '400',
  ],
])('%s', (_, sent, outcome) => {
  const headers = sent.map(([name, value]) => ({ name, value }));
  expect(outcomeText(explained(ROUTING, 'POST http://shop.example.com/', { headers }).outcome)).toBe(outcome);
});
