import { bareWord, quote } from '../quote.ts';
import { needsStreams } from './stream.ts';

import type { NginxModule } from '../../options/nginx-modules.ts';
import type { Routing } from '../../routing/model.ts';
import type { Gathered } from '../gather.ts';
import type { SystemLayout } from '../layout.ts';
import type { Quoted } from '../quote.ts';

/** What templates/nginx.conf shows only to an nginx that the system runs. */
export type SystemView = Readonly<{ streamModule: Quoted | undefined; user: readonly Quoted[] | undefined }>;

/** The stream module is loaded only where it is needed: what else the system loads is not known here. */
export function systemView({ streamModule, user }: SystemLayout, routing: Routing): SystemView {
  const isNeeded = needsStreams(routing) && streamModule !== undefined;
  return { streamModule: isNeeded ? quote(streamModule) : undefined, user: user?.map(bareWord) };
}

/**
 * The files of modules that nginx does not have built in, where they are used.
 *
 * @param used also tells whether nginx is told to load its stream module when it starts: twice is an error
 */
export function moduleFiles(
  routing: Routing,
  used: Pick<Gathered, 'modules'> & { readonly loadsStreams: boolean },
): readonly Quoted[] {
  const wantsStreams = !used.loadsStreams && needsStreams(routing);
  const isUsed = ({ name }: NginxModule): boolean => (name === 'stream' ? wantsStreams : used.modules.has(name));
  const files = (routing.modules ?? []).filter(isUsed).flatMap(({ file }) => file ?? []);
  return [...new Set(files)].map(quote);
}
