import { expect, test } from 'vitest';

import { cipherOrder } from '../../../src/annotations/cipher-order.ts';
import { runServerFamily } from '../../support/annotations.ts';

test.each([
  { text: 'true', asks: { isOfServer: true } },
  { text: '0', asks: { isOfServer: false } },
  { text: '', asks: undefined },
])('"$text" says who chooses', ({ text, asks }) => {
  expect(runServerFamily(cipherOrder, { 'ssl-prefer-server-ciphers': text })).toEqual({
    asks,
    denied: undefined,
    lines: [],
  });
});

test('what is no boolean leaves it as on all hosts', () => {
  expect(runServerFamily(cipherOrder, { 'ssl-prefer-server-ciphers': 'on' })).toEqual({
    asks: undefined,
    denied: undefined,
    lines: ['invalid-annotation-value: ssl-prefer-server-ciphers: "on" is not a boolean'],
  });
});
