import { expect, test } from 'vitest';

import { isInMap, isMapped, ownerInHere } from '../../../src/output/user-namespace.ts';

test.each([
  { name: 'all of the machine', map: '         0          0 4294967295\n', id: 65_534, isThere: true },
  { name: 'root alone, as unshare has it', map: '         0       1000          1\n', id: 0, isThere: true },
  { name: 'nobody else then', map: '         0       1000          1\n', id: 65_534, isThere: false },
  { name: 'a second range', map: '0 1000 1\n1 100000 65536\n', id: 65_534, isThere: true },
  { name: 'nothing behind the last one', map: '0 1000 1\n1 100000 65536\n', id: 65_537, isThere: false },
  { name: 'all where there are no namespaces', map: '', id: 65_534, isThere: true },
])('a user namespace has $name', ({ map, id, isThere }) => {
  expect(isInMap(map, id)).toBe(isThere);
});

test('whoever this machine knows is himself', () => {
  const own = process.getuid?.() ?? 0;
  expect(isMapped('uid', own)).toBe(true);
  expect(ownerInHere(own)).toBe(own);
});
