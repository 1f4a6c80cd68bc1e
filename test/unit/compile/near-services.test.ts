import { expect, test } from 'vitest';

import { compiled, ingressOf, serviceOf } from '../../support/resources.ts';

/** The help of the one finding about the Service that `shop/web` asks for. */
function helpFor(name: string, ...services: readonly string[]): string | undefined {
  const ingress = ingressOf({ hosts: { 'a.io': [['/', `${name}:80`]] } });
  const { found } = compiled([ingress, ...services.map(id => serviceOf(id))], { resolvers: ['10.0.0.10'] });
  return found.find(({ rule }) => rule.name === 'service-elsewhere')?.help;
}

test.each([
  {
    name: 'a letter that is wrong',
    wanted: 'wbe',
    services: ['shop/api', 'shop/web'],
    says: /^did you mean shop\/web\? /,
  },
  {
    name: 'another namespace',
    wanted: 'web',
    services: ['team/web'],
    says: /^there is team\/web in another namespace; /,
  },
  { name: 'nothing like it', wanted: 'web', services: ['shop/database'], says: /^add what/ },
  { name: 'a near name of another namespace', wanted: 'wbe', services: ['team/web'], says: /^add what/ },
])('a Service that is not in the input: $name', ({ wanted, services, says }) => {
  expect(helpFor(wanted, ...services)).toMatch(says);
});
