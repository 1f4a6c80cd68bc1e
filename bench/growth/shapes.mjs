// @ts-check
import { dump } from 'js-yaml';

import { BACKENDS, CONFIG_MAPS } from './backends.mjs';
import { HOSTS, TLS } from './hosts.mjs';
import { ANNOTATIONS, OBJECTS } from './objects.mjs';
import { PATHS } from './paths.mjs';
import { POLICIES } from './policies.mjs';
import { TEXTS } from './texts.mjs';

/** @type {Readonly<Record<string, (objects: readonly object[]) => string>>} */
const FORMATS = {
  YAML: objects => objects.map(each => dump(each, { noRefs: true, lineWidth: -1 })).join('---\n'),
  JSON: objects => JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
};

/** @type {Readonly<Record<string, import('./manifests.mjs').Shape>>} */
const OBJECT_SHAPES = {
  ...PATHS,
  ...HOSTS,
  ...TLS,
  ...BACKENDS,
  ...CONFIG_MAPS,
  ...ANNOTATIONS,
  ...POLICIES,
  ...OBJECTS,
};

/** Those of which each thing was held against all others once; `npm run bench` measures them alone. */
const ONCE_QUADRATIC = [
  'each path with and without slash',
  'broken regular expressions',
  'the same path again',
  'a long path',
  'a wildcard above each host',
  'hosts that share a status',
  'hosts and TLS entries without hosts',
  'hosts and TLS entries of others',
  'Services that are missing',
  'ports that the Service lacks',
  'TCP ports that lead nowhere',
  'paths without redirect',
  'paths without authentication',
  'a canary for each Service',
  'small objects beside a large one of their name',
];

/** Whether the name of a shape is one of theirs, in either format. */
export const wasQuadratic = (/** @type {string} */ name) =>
  ONCE_QUADRATIC.some(shape => Object.keys(FORMATS).some(format => name === `${shape}, ${format}`));

/**
 * All shapes, each a text of any size.
 * @type {ReadonlyMap<string, (n: number) => string>}
 */
export const SHAPES = new Map([
  ...Object.entries(OBJECT_SHAPES).flatMap(([name, shape]) =>
    Object.entries(FORMATS).map(
      ([format, write]) => /** @type {const} */ ([`${name}, ${format}`, (/** @type {number} */ n) => write(shape(n))]),
    ),
  ),
  ...Object.entries(TEXTS),
]);
