import { expect, test } from 'vitest';

import { compileSources } from '../../support/compiled.ts';
import { ingress, yamlOf } from '../../support/manifests.ts';

test.each([
  { statuses: '404', loss: 'the 404 page of nginx' },
  { statuses: '404,503', loss: '404 instead of 503' },
  { statuses: '500,502,503', loss: '404 instead of 500, 502 and 503' },
])('errors $statuses without a default backend come to $loss', ({ statuses, loss }) => {
  const annotations = { 'custom-http-errors': statuses };
  const route = ingress({ host: 'shop.example.com', paths: [['/', 'Prefix', 'web']], annotations });
  const { diagnostics } = compileSources([{ name: 'shop.yaml', text: yamlOf([route]) }]);
  const messages = diagnostics.filter(({ rule }) => rule.id === 'I2N363').map(({ message }) => message);
  expect(messages).toEqual([`custom-http-errors: there is no default backend, so clients get ${loss}`]);
});
