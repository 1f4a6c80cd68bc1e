import { confOf } from '../../src/nginx/file-set.ts';
import type { RenderedFiles } from '../../src/nginx/rendered-files.ts';
import type { Parts, Renderers, Tools } from '../../src/nginx/parts.ts';
import { createRenderMemory, renderNginx } from '../../src/nginx/render.ts';
import type { RenderMemory } from '../../src/nginx/render.ts';
import { RENDERERS } from '../../src/nginx/renderers.ts';
import type { PolicyTypes } from '../../src/routing/policies.ts';
import type { Routing } from '../../src/routing/model.ts';

/** What policies give that tests make up, by a name. */
export type MadeUp = Readonly<Record<string, (tools: Tools) => Parts>>;

/** A policy that a test has made up. It goes by the name of one that there is, whose renderer is replaced. */
export function madeUp(name: string): Pick<PolicyTypes['location'], 'basicAuth'> {
  return { basicAuth: { realm: name, users: 'nobody' } };
}

function renderersFor(table: MadeUp): Renderers {
  return {
    ...RENDERERS,
    location: {
      ...RENDERERS.location,
      basicAuth({ realm }, tools) {
        const render = table[realm];
        if (render === undefined) throw new Error(`no policy ${realm}`);
        return render(tools);
      },
    },
  };
}

/** The files of a routing with policies that tests make up. */
export function renderMadeUp(
  routing: Routing,
  table: MadeUp,
  memory: RenderMemory = createRenderMemory(),
): RenderedFiles {
  return renderNginx(routing, {}, memory, renderersFor(table));
}

/** The nginx.conf of it. */
export function confWith(routing: Routing, table: MadeUp, memory?: RenderMemory): string {
  return confOf(renderMadeUp(routing, table, memory));
}
