// @ts-check
import { dump } from 'js-yaml';

import { BACKENDS, CONFIG_MAPS } from './backends.mjs';
import { HOSTS, TLS } from './hosts.mjs';
import { ANNOTATIONS, OBJECTS } from './objects.mjs';
import { PATHS } from './paths.mjs';
import { TEXTS } from './texts.mjs';

/** @type {Readonly<Record<string, (objects: readonly object[]) => string>>} */
const FORMATS = {
  YAML: objects => objects.map(each => dump(each, { noRefs: true, lineWidth: -1 })).join('---\n'),
  JSON: objects => JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
};

/** @type {Readonly<Record<string, import('./manifests.mjs').Shape>>} */
const OBJECT_SHAPES = { ...PATHS, ...HOSTS, ...TLS, ...BACKENDS, ...CONFIG_MAPS, ...ANNOTATIONS, ...OBJECTS };

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
