import { listed } from '../../../diagnostics/words.ts';
import type { ClientConnections } from '../../../routing/policies/client-connections.ts';
import type { Forwarded } from '../../../routing/policies/forwarded.ts';
import { askerNamed, askerText, causesOf } from '../asking.ts';
import type { AtServer, Effect, Explainer } from '../explainer.ts';
import { droppedHeaders } from '../request-headers.ts';

/** Headers that nginx takes no notice of: the usual reason why a backend does not see one. */
export function droppedEffect({ request, routing }: Pick<AtServer, 'request' | 'routing'>): Effect | undefined {
  const dropped = droppedHeaders(request, routing).map(({ name }) => name);
  if (dropped.length === 0) return undefined;
  const isUnderscored = dropped.every(name => /^[\w-]+$/.test(name));
  const option = isUnderscored ? 'enable-underscores-in-headers: "true"' : 'ignore-invalid-headers: "false"';
  return {
    name: 'headers',
    verdict: 'changed',
    text: `nginx drops ${listed(dropped)} of the request: to keep it, set ${option} in the controller's ConfigMap`,
    causes: causesOf(routing.http.headerNames?.from ?? []),
  };
}

/** Nobody gets in where nobody knows who is trusted to name the client. */
export const explainForwardedClosed: Explainer<Forwarded> = {
  phase: 'server',
  explain({ asks: { isClosed }, from }) {
    if (!isClosed) return [];
    const asker = askerText(askerNamed(from, /real-ip|forwarded-for/));
    const reason = `${asker} could not be read, so that nobody gets in`;
    const advice = [`Correct ${asker}`];
    return [{ name: 'blocked', verdict: 'answered', text: reason, answer: { status: 403, reason }, advice }];
  },
};

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 * 1024 };

/** What does not fit into a buffer is refused before anything else. */
export const explainClientConnections: Explainer<ClientConnections> = {
  phase: 'connection',
  explain({ asks: { headerBuffer, largeBuffers }, from }, { request }) {
    const size = largeBuffers[1] ?? '8k';
    const most = Math.max(bytesIn(size), bytesIn(headerBuffer));
    const asker = askerText(askerNamed(from, /large/));
    const line = request.method.length + request.target.length + ' HTTP/1.1\r\n'.length + 1;
    if (line > most) return [tooLong(414, `the request line (${line} bytes)`, size, asker)];
    const header = request.headers.find(({ name, value }) => name.length + value.length + ': \r\n'.length > most);
    return header === undefined ? [] : [tooLong(400, `the header ${header.name}`, size, asker)];
  },
};

function bytesIn(size: string): number {
  const [, digits = '0', unit = ''] = /^(\d+)([km]?)$/i.exec(size) ?? [];
  return Number(digits) * (UNITS[unit.toLowerCase()] ?? 1);
}

function tooLong(status: number, what: string, size: string, asker: string): Effect {
  const reason = `${what} does not fit into a buffer of ${size} (${asker})`;
  const advice = ['Set large-client-header-buffers to something larger, such as "4 16k", or send less'];
  return { name: 'listener', verdict: 'answered', text: reason, answer: { status, reason }, advice };
}
