import { expect, test } from 'vitest';

import { cipherList } from '../../../src/options/cipher-list.ts';

test.each([
  { name: 'a suite', list: 'ECDHE-RSA-AES128-GCM-SHA256', isTaken: true },
  { name: 'keywords', list: 'HIGH:!aNULL:!MD5', isTaken: true },
  { name: 'a suite that nobody knows', list: 'NO-SUCH-SUITE', isTaken: false },
  { name: 'nothing that is left', list: 'HIGH:!ALL', isTaken: false },
  { name: 'suites of TLS 1.3 alone', list: 'TLS_AES_128_GCM_SHA256', isTaken: false },
  {
    name: 'one of them beside an older suite',
    list: 'TLS_AES_128_GCM_SHA256:ECDHE-RSA-AES128-GCM-SHA256',
    isTaken: true,
  },
])('$name: taken $isTaken, however often and after whatever else it is asked', ({ list, isTaken }) => {
  expect(cipherList.parse(list).ok).toBe(isTaken);
  expect(cipherList.parse(list).ok).toBe(isTaken);
  for (let count = 0; count < 150; count += 1) cipherList.parse(`HIGH:!NO-SUCH-${count}`);
  expect(cipherList.parse(list).ok).toBe(isTaken);
});
