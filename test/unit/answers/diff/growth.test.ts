import { expect, test } from 'vitest';

import { diffRoutings } from '../../../../src/answers/diff/diff.ts';
import { isRecord } from '../../../../src/json/value.ts';
import type { Location, Routing } from '../../../../src/routing/model.ts';
import { readRecord } from '../../../../src/routing/read-record.ts';
import { recordOf } from '../../../../src/routing/record.ts';
import { routingOf } from '../../../support/explained.ts';
import { growthOfWork, MOST_GROWTH } from '../../../support/growth.ts';
import { ingress, service } from '../../../support/manifests.ts';

const HOST = 'shop.example.com';

/** One host with many paths, which one word begins. */
function routingWith(word: string, size: number): Routing {
  const web = service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.1' });
  const routing = routingOf([web, ingress({ host: HOST, paths: [['/', 'Prefix', 'web']] })]);
  const locationsOf = (location: Location): readonly Location[] =>
    Array.from({ length: size }, (_, index) => ({ ...location, path: `/${word}${index}/` }));
  const servers = routing.servers.map(server =>
    server.host === HOST
      ? {
          ...server,
          locations: [...server.locations.slice(0, 1).flatMap(locationsOf), ...server.locations.slice(0, 1)],
        }
      : server,
  );
  return { ...routing, servers };
}

function diffOf(text: string): void {
  const sides: unknown = JSON.parse(text);
  const [before, after] = isRecord(sides) ? [readRecord(sides['before']), readRecord(sides['after'])] : [];
  if (before === undefined || after === undefined) throw new Error('it is no record');
  diffRoutings(before, after);
}

const sidesOf = (before: Routing, after: Routing): string =>
  `{"before":${recordOf(before)},"after":${recordOf(after)}}`;

test.each<readonly [string, (size: number) => string]>([
  ['come and go', size => sidesOf(routingWith('a', size), routingWith('b', size))],
  ['are no more, which a shorter one serves alike', size => sidesOf(routingWith('a', size), routingWith('a', 1))],
  ['are of a host that comes', size => sidesOf(routingOf([]), routingWith('b', size))],
])('many paths of one host that %s cost as much as there are', (_, text) => {
  expect(growthOfWork(text, 1_500, diffOf)).toBeLessThan(MOST_GROWTH);
});
