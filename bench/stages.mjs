// @ts-check
import { routesOf } from '../src/answers/routes.ts';
import { compile } from '../src/compile/compile.ts';
import { createCompileMemory } from '../src/compile/memory.ts';
import { checkRouting, createRoutingCheckMemory } from '../src/lint/check-routing.ts';
import { createRenderMemory, renderNginx } from '../src/nginx/render.ts';
import { USUAL_SETTINGS } from './usual-settings.mjs';

export { readUnit } from '../src/resources/unit.ts';

/** @typedef {import('../src/resources/unit.ts').Unit} Unit */
/** @typedef {ReturnType<typeof createMemory>} Memory */

/** What a run that watches keeps. */
export function createMemory() {
  return {
    compile: createCompileMemory(),
    render: createRenderMemory(),
    routes: { last: undefined },
    checks: createRoutingCheckMemory(),
  };
}

/** From what has been parsed and validated to the bytes of all files. */
export function run(/** @type {readonly Unit[]} */ units, /** @type {Memory} */ memory) {
  const resources = [];
  for (const unit of units) for (const resource of unit.resources) resources.push(resource);
  const settings = { ...USUAL_SETTINGS, forwards: new Map(), now: Date.now() };
  const { routing } = compile(resources, settings, () => undefined, memory.compile);
  checkRouting(routing, () => undefined, memory.checks);
  routesOf(routing, memory.routes);
  return renderNginx(routing, {}, memory.render);
}
