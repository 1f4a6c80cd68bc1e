import { isIP as isIPInNode } from 'node:net';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { isIP, isIPv4, isIPv6 } from '../../../src/json/ip.ts';

/** Also what is nearly an address. */
const texts = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.ipV4Extended(),
  fc.domain(),
  fc.string(),
  fc.stringMatching(/^[0-9a-f:.%]{0,20}$/),
  fc.tuple(fc.ipV6(), fc.constantFrom('%eth0', ':', '/64', ' ')).map(parts => parts.join('')),
);

test('a text is the IP address that Node takes it for', () => {
  fc.assert(
    fc.property(texts, text => {
      const version = isIPInNode(text);
      expect([isIP(text), isIPv4(text), isIPv6(text)]).toEqual([version, version === 4, version === 6]);
    }),
  );
});
