import { InvalidArgumentError } from 'commander';
import { expect, test } from 'vitest';

import { parsePublishAddress } from '../../../src/cli/publish-flags.ts';

test.each([
  { text: 'auto', addresses: 'auto' },
  { text: '127.0.0.1', addresses: [{ ip: '127.0.0.1' }] },
  { text: '192.0.2.7, 2001:DB8::7', addresses: [{ ip: '192.0.2.7' }, { ip: '2001:db8::7' }] },
  { text: '192.0.2.7,192.0.2.7', addresses: [{ ip: '192.0.2.7' }] },
  { text: 'localhost', addresses: [{ hostname: 'localhost' }] },
  { text: 'lb.example.net', addresses: [{ hostname: 'lb.example.net' }] },
])('$text is taken', ({ text, addresses }) => {
  expect(parsePublishAddress(text)).toEqual(addresses);
});

// The API server refuses these, or they are not what they seem.
test.each([
  '',
  ',',
  '192.0.2.7,',
  '010.0.0.1',
  '10.0.0.256',
  '10.1',
  'fe80::1%eth0',
  '[::1]',
  '192.0.2.7:80',
  'LB.example.net',
  '*.example.net',
  'a_b.example.net',
  'lb.example.net.',
  'http://lb.example.net',
  'lb.example.net,192.0.2.7',
  'a.io,b.io',
])('"%s" is refused', text => {
  expect(() => parsePublishAddress(text)).toThrow(InvalidArgumentError);
});
