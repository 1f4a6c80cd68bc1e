import { templates } from '../../generated/templates.js';
import { templateText } from './quote.ts';

import type { SystemView } from './blocks/system.ts';
import type { HttpView } from './blocks/http.ts';
import type { ServerView } from './blocks/server.ts';
import type { StreamsView } from './blocks/stream.ts';
import type { UpstreamView } from './blocks/upstream.ts';
import type { Tools } from './parts.ts';
import type { Quoted } from './quote.ts';

/** What templates/nginx.conf shows. `streams` is undefined where there are none. */
export type NginxView = Readonly<{
  system: SystemView | undefined;
  /** Files of modules. */
  moduleFiles: readonly Quoted[];
  errorLogs: readonly Quoted[];
  main: readonly Quoted[];
  events: readonly Quoted[];
  http: HttpView;
  upstreamsAndServers: Quoted;
  streams: StreamsView | undefined;
}>;

/** The views of the templates that are rendered by themselves, besides those of policies. */
interface Views {
  readonly 'nginx.conf': NginxView;
  readonly 'server.conf': Readonly<{ server: ServerView }>;
  readonly 'locations.conf': Readonly<{ server: Pick<ServerView, 'locations'> }>;
  readonly 'upstream.conf': Readonly<{ upstream: UpstreamView }>;
}

/** The text of a template. Values need no escaping beyond what made them `Quoted`. One that is missing is our bug, and throws. */
export function render<N extends keyof Views>(name: N, view: Views[N]): string {
  return templates[name](view);
}

/** The same for a part of a text, without the end of its last line. */
export const text: Tools['text'] = (name, view) => templateText(templates[name](view));
