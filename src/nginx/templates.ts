import nunjucks from 'nunjucks/browser/nunjucks-slim.js';

import { templates } from '../../generated/templates.js';

import type { LogsView, SystemView } from './blocks/system.ts';
import type { HttpView } from './blocks/http.ts';
import type { ServerView } from './blocks/server.ts';
import type { StreamView } from './blocks/stream.ts';
import type { UpstreamView } from './blocks/upstream.ts';
import type { Quoted } from './quote.ts';

/** What templates/nginx.conf shows. `streams` is undefined where there are none. */
export type NginxView = Readonly<{
  system: SystemView | undefined;
  logs: LogsView;
  workerShutdownTimeout: Quoted;
  http: HttpView;
  upstreams: readonly UpstreamView[];
  servers: readonly ServerView[];
  streams: readonly StreamView[] | undefined;
}>;

/** Values need no escaping beyond what made them `Quoted`. A field that is missing is our bug, and throws. */
export function renderTemplate(name: 'nginx.conf', view: NginxView): string {
  const loader = new nunjucks.PrecompiledLoader(templates);
  return new nunjucks.Environment(loader, { autoescape: false, throwOnUndefined: true }).render(name, view);
}
