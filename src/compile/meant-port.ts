import { suggestNear } from '../diagnostics/suggest.ts';
import { listed } from '../diagnostics/words.ts';
import type { PortRef, Protocol, Service, ServicePort } from '../resources/model.ts';
import { portText } from './service-ports.ts';

/** How many ports of a Service a message lists. */
const MOST_LISTED = 10;

interface Asked {
  readonly port: PortRef;
  readonly protocol: Protocol;
}

/** What to write instead of a port that a Service does not have, and which ports it has. */
export function portsHelp({ ports }: Pick<Service, 'ports'>, { port, protocol }: Asked): string {
  if (ports.length === 0) return 'the Service has no port';
  const text = portText(port);
  const usable = ports.filter(each => each.protocol === protocol);
  const of = usable.length === 0 ? ports : usable;
  const has = `it has ${listed(of.map(shownPort), MOST_LISTED)}`;
  if (usable.length === 0) return `${has} for ${of[0]?.protocol ?? 'UDP'} only, and nginx needs a port for ${protocol}`;
  const ofNode = usable.find(({ nodePort }) => String(nodePort) === text);
  if (ofNode !== undefined) return `${text} is the node port of port ${ofNode.port}: write \`number: ${ofNode.port}\``;
  const names = usable.map(({ name }) => name).filter(name => name !== undefined);
  const near = 'name' in port ? suggestNear(text, names) : undefined;
  return near === undefined ? has : `did you mean \`name: ${near}\`? ${has}`;
}

function shownPort({ name, port }: ServicePort): string {
  return name === undefined ? `${port}` : `${port} (${name})`;
}
