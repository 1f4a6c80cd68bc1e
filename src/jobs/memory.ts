import type { RoutesMemory } from '../answers/routes.ts';
import type { CompileMemory } from '../compile/memory.ts';
import { createCompileMemory } from '../compile/memory.ts';
import type { RoutingCheckMemory } from '../lint/check-routing.ts';
import { createRoutingCheckMemory } from '../lint/check-routing.ts';
import type { RenderMemory } from '../nginx/render.ts';
import { createRenderMemory } from '../nginx/render.ts';

/** What somebody who compiles again and again keeps, so that a change costs what it changes. */
export interface JobMemory {
  readonly compile: CompileMemory;
  readonly render: RenderMemory;
  readonly routes: RoutesMemory;
  readonly checks: RoutingCheckMemory;
}

export function createJobMemory(): JobMemory {
  return {
    compile: createCompileMemory(),
    render: createRenderMemory(),
    routes: { last: undefined },
    checks: createRoutingCheckMemory(),
  };
}
