// @ts-check
import { createRoutesMemory, routesOf } from '../src/answers/routes.ts';
import { compile } from '../src/compile/compile.ts';
import { createCompileMemory } from '../src/compile/memory.ts';
import { checkRouting } from '../src/lint/check-routing.ts';
import { createRenderMemory, renderNginx } from '../src/nginx/render.ts';

export { readUnit } from '../src/live/unit.ts';

/** @typedef {import('../src/live/unit.ts').Unit} Unit */
/** @typedef {ReturnType<typeof createMemory>} Memory */

const SETTINGS = /** @type {const} */ ({
  ingressClass: 'nginx',
  controllerClass: 'k8s.io/ingress-nginx',
  watchWithoutClass: false,
  listen: ['0.0.0.0', '::'],
  httpPort: 8080,
  httpsPort: 8443,
  backendAddress: 'auto',
  nodeAddresses: [],
  clusterDomain: 'cluster.local',
  resolvers: [],
  machineResolvers: [],
  localNames: new Set(),
  isCluster: false,
});

/** What a run that watches keeps. */
export function createMemory() {
  return {
    compile: createCompileMemory(),
    render: createRenderMemory(),
    routes: createRoutesMemory(),
    checks: new WeakMap(),
  };
}

/** From what has been parsed and validated to the bytes of all files. */
export function run(/** @type {readonly Unit[]} */ units, /** @type {Memory} */ memory) {
  const resources = [];
  for (const unit of units) for (const resource of unit.resources) resources.push(resource);
  const settings = { ...SETTINGS, forwards: new Map(), now: Date.now() };
  const { routing } = compile(resources, settings, () => undefined, memory.compile);
  checkRouting(routing, () => undefined, memory.checks);
  routesOf(routing, memory.routes);
  return renderNginx(routing, {}, memory.render);
}
