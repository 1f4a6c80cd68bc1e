import type { OptionSpec } from '../options/option.ts';
import { seconds, secondsOfOption } from '../options/seconds.ts';
import type { Timeouts } from '../routing/policies/timeouts.ts';
import { annotationRef } from './annotation-ref.ts';
import { defineFamily } from './family.ts';
import { zeroTimeout } from './rules/timeouts.ts';

const CONNECT = 'proxy-connect-timeout';
const SEND = 'proxy-send-timeout';
const READ = 'proxy-read-timeout';

type Values = Readonly<Record<typeof CONNECT | typeof SEND | typeof READ, number>>;

function timeoutsOf(values: Values): Timeouts {
  return { connect: values[CONNECT], send: values[SEND], read: values[READ] };
}

/** What differs from what holds for all hosts; undefined for nothing. */
function differing(own: Timeouts, ofAll: Timeouts): Partial<Timeouts> | undefined {
  const { connect, send, read } = own;
  const found = {
    ...(connect === ofAll.connect ? {} : { connect }),
    ...(send === ofAll.send ? {} : { send }),
    ...(read === ofAll.read ? {} : { read }),
  };
  return Object.keys(found).length === 0 ? undefined : found;
}

const connect = {
  default: 5,
  example: '10',
  summary: 'How many seconds the backend has to accept a connection.',
  becomes: 'proxy_connect_timeout, grpc_connect_timeout, fastcgi_connect_timeout',
} as const;
const send = {
  default: 60,
  example: '300',
  summary: 'How many seconds the backend may pause while it takes a request.',
  becomes: 'proxy_send_timeout, grpc_send_timeout, fastcgi_send_timeout',
} as const;
const read = {
  default: 60,
  example: '300',
  summary: 'How many seconds the backend may pause before and within a response; a WebSocket may be idle for as long.',
  becomes: 'proxy_read_timeout, grpc_read_timeout, fastcgi_read_timeout',
} as const;

/** How many seconds a backend has. */
export const timeouts = defineFamily({
  name: 'timeouts',
  annotations: {
    [CONNECT]: { ...connect, type: seconds, defaultFrom: CONNECT } satisfies OptionSpec<number>,
    [SEND]: { ...send, type: seconds, defaultFrom: SEND } satisfies OptionSpec<number>,
    [READ]: { ...read, type: seconds, defaultFrom: READ } satisfies OptionSpec<number>,
  },
  options: {
    [CONNECT]: { ...connect, type: secondsOfOption } satisfies OptionSpec<number>,
    [SEND]: { ...send, type: secondsOfOption } satisfies OptionSpec<number>,
    [READ]: { ...read, type: secondsOfOption } satisfies OptionSpec<number>,
  },
  read(values, { ingress, options, report }) {
    for (const name of [CONNECT, SEND, READ] as const) {
      if (values[name] !== 0) continue;
      const message = `${name}: "0" leaves the backend no time: requests fail with 504`;
      const help = 'write the longest wait in seconds, such as "3600"';
      report({ rule: zeroTimeout, message, help, at: annotationRef(ingress, name) });
    }
    return differing(timeoutsOf(values), timeoutsOf(options));
  },
  gives: {
    http: timeoutsOf,
    location: asked => asked,
  },
});
