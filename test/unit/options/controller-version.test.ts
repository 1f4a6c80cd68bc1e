import { expect, test } from 'vitest';

import { isBefore, parseControllerVersion } from '../../../src/options/controller-version.ts';

test.each([
  { text: '1.9', version: '1.9' },
  { text: 'v1.9.4', version: '1.9.4' },
  { text: 'controller-v1.12.0', version: '1.12.0' },
  { text: '1.12.0-beta.0', version: '1.12.0' },
  { text: '0.49.3', version: '0.49.3' },
  { text: '1', version: undefined },
  { text: '1.9.x', version: undefined },
  { text: 'latest', version: undefined },
])('"$text" is read as $version', ({ text, version }) => {
  expect(parseControllerVersion(text)).toBe(version);
});

test.each([
  { version: '1.9.4', other: '1.9.5', is: true },
  { version: '1.9.5', other: '1.9.5', is: false },
  { version: '1.9', other: '1.9.5', is: false },
  { version: '1.9', other: '1.10.0', is: true },
  { version: '1.15', other: '1.9.0', is: false },
  { version: '0.49', other: '1.0.0', is: true },
] as const)('$version came before $other: $is', ({ version, other, is }) => {
  expect(isBefore(version, other)).toBe(is);
});
