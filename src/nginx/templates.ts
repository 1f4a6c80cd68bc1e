import nunjucks from 'nunjucks/browser/nunjucks-slim.js';

import { templates } from '../../generated/templates.js';

import type { LogsView, SystemView } from './blocks/system.ts';
import type { HttpView } from './blocks/http.ts';
import type { ServerView } from './blocks/server.ts';
import type { StreamsView } from './blocks/stream.ts';
import type { UpstreamView } from './blocks/upstream.ts';
import type { Quoted } from './quote.ts';

/** What templates/nginx.conf shows. `streams` is undefined where there are none. */
export type NginxView = Readonly<{
  system: SystemView | undefined;
  logs: LogsView;
  workerShutdownTimeout: Quoted;
  http: HttpView;
  upstreamsAndServers: Quoted;
  streams: StreamsView | undefined;
}>;

/** The views of the templates that are rendered by themselves. */
interface Views {
  readonly 'nginx.conf': NginxView;
  readonly 'server.conf': Readonly<{ server: ServerView }>;
  readonly 'locations.conf': Readonly<{ server: Pick<ServerView, 'locations'> }>;
  readonly 'upstream.conf': Readonly<{ upstream: UpstreamView }>;
}

export type RenderTemplate = <N extends keyof Views>(name: N, view: Views[N]) => string;

/** Values need no escaping beyond what made them `Quoted`. A field that is missing is our bug, and throws. */
export function openTemplates(): RenderTemplate {
  const loader = new nunjucks.PrecompiledLoader(templates);
  const environment = new nunjucks.Environment(loader, { autoescape: false, throwOnUndefined: true });
  return (name, view) => environment.getTemplate(name).render(view);
}
