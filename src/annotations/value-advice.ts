const BY_ADDRESS = 'to choose by client address, write upstream-hash-by: "$remote_addr" instead';
const FEWEST = 'write "ewma", which prefers endpoints that answer fast';

/** What to type for values of other programs that people write. By name, then by value in small letters. */
const ADVICE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  affinity: {
    ip_hash: BY_ADDRESS,
    'ip-hash': BY_ADDRESS,
    clientip: BY_ADDRESS,
    sticky: 'write "cookie"',
  },
  'load-balance': {
    ip_hash: BY_ADDRESS,
    'ip-hash': BY_ADDRESS,
    least_conn: FEWEST,
    'least-conn': FEWEST,
    least_time: FEWEST,
    random: FEWEST,
    'round-robin': 'write "round_robin"',
    roundrobin: 'write "round_robin"',
  },
  'backend-protocol': {
    h2c: 'write "GRPC" for gRPC; nginx speaks no other HTTP/2 to backends',
    h2: 'write "GRPCS" for gRPC; nginx speaks no other HTTP/2 to backends',
    http2: 'write "GRPC" for gRPC; nginx speaks no other HTTP/2 to backends',
    ajp: 'remove it, and let the backend speak HTTP: the controller no longer has AJP',
    fastcgi: 'write "FCGI"',
    ssl: 'write "HTTPS"',
    tls: 'write "HTTPS"',
    ws: 'write "HTTP", which WebSocket connections use as well',
    wss: 'write "HTTPS", which WebSocket connections use as well',
    tcp: 'use --tcp-services-configmap for TCP',
    tcps: 'use --tcp-services-configmap for TCP',
  },
};

// Maps, since an object also has what all objects have, such as `constructor`.
const BY_NAME = new Map(Object.entries(ADVICE).map(([name, values]) => [name, new Map(Object.entries(values))]));

/** What to type for a value of an annotation that other programs know; undefined for any other. */
export function valueAdvice(name: string, text: string): string | undefined {
  return BY_NAME.get(name)?.get(text.trim().toLowerCase());
}
