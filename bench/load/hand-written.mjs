// @ts-check

/** @typedef {{ readonly address: string, readonly port: number }} Peer */
/** @typedef {{ readonly name: string, readonly peers: { readonly kind: string, readonly addresses: readonly Peer[] } }} Upstream */
/**
 * @typedef {object} Location
 * @property {'exact' | 'prefix'} match
 * @property {string} path
 * @property {Readonly<Record<string, unknown>>} policies
 * @property {{ readonly kind: string, readonly code?: number, readonly to?: { readonly name: string } }} target
 */
/** @typedef {{ readonly host: string, readonly certificate?: string, readonly locations: readonly Location[] }} Server */
/**
 * What `render --print routing` prints, as far as a plain cluster has it.
 * @typedef {object} Routing
 * @property {{ readonly httpPort: number, readonly httpsPort: number }} listeners
 * @property {readonly Server[]} servers
 * @property {readonly Upstream[]} upstreams
 */
/** @typedef {'in each server' | 'in one server'} Redirects */

const REDIRECT = 'if ($to_https) { return 308 $https_url; }';

/** What stands in our nginx.conf besides the upstreams and the servers of hosts, without comments and empty lines. */
function frameOf(/** @type {string} */ conf) {
  const blocks = conf.split(/^(?= +(?:upstream \S+|server) \{)/mu);
  const [before = '', ...others] = blocks;
  const defaultServer = others.find(block => block.trimStart().startsWith('server {')) ?? '';
  const short = (/** @type {string} */ text) => text.replaceAll(/^\s*(?:#.*)?\n/gmu, '').replaceAll(/ {2}#.*$/gmu, '');
  return { before: short(before), defaultServer: short(defaultServer) };
}

/** The first upstream of those that have the same peers, by the name of each: nobody would write them twice. */
function firstWithPeers(/** @type {readonly Upstream[]} */ upstreams) {
  /** @type {Map<string, string>} */
  const byPeers = new Map();
  /** @type {Map<string, string>} */
  const first = new Map();
  for (const { name, peers } of upstreams) {
    if (peers.kind !== 'addresses') throw new Error(`the upstream ${name} has no addresses`);
    const key = JSON.stringify(peers.addresses);
    if (!byPeers.has(key)) byPeers.set(key, name);
    first.set(name, byPeers.get(key) ?? name);
  }
  return first;
}

function upstreamLines(/** @type {Upstream} */ { name, peers }) {
  const servers = peers.addresses.map(({ address, port }) => `  server ${address}:${port} max_fails=0;`);
  return [`upstream ${name} {`, ...servers, '  keepalive 8;', '}'];
}

/** What a location does, in a line. */
function actionOf(/** @type {Location} */ { policies, target }, /** @type {Map<string, string>} */ names) {
  const unknown = Object.keys(policies).filter(name => name !== 'tlsRedirect');
  if (unknown.length > 0) throw new Error(`nobody has written ${unknown.join(', ')} by hand`);
  const name = names.get(target.to?.name ?? '');
  return name === undefined ? `return ${target.code};` : `proxy_pass http://${name};`;
}

/** The lines of those that are needed: without another one, its requests would go where they go now. */
function locationLines(/** @type {readonly Location[]} */ locations, /** @type {Map<string, string>} */ names) {
  const prefixes = locations
    .filter(({ match }) => match === 'prefix')
    .toSorted((a, b) => b.path.length - a.path.length);
  const needed = locations.filter(location => {
    const broader = prefixes.find(each => each !== location && location.path.startsWith(each.path));
    return broader === undefined || actionOf(broader, names) !== actionOf(location, names);
  });
  return needed.map(location => {
    const { match, path } = location;
    return `  location ${match === 'exact' ? '= ' : ''}${path} { ${actionOf(location, names)} }`;
  });
}

const redirects = (/** @type {Server} */ { locations }) =>
  locations.some(({ policies }) => policies['tlsRedirect'] !== undefined);

const listen = (/** @type {number} */ port, words = '') => [
  `  listen ${port}${words};`,
  `  listen [::]:${port}${words};`,
];

/** @returns {readonly string[]} */
function serverLines(
  /** @type {Server} */ server,
  /** @type {Routing} */ { listeners },
  /** @type {{ names: Map<string, string>, where: Redirects }} */ { names, where },
) {
  const { host, certificate, locations } = server;
  const isApart = where === 'in one server' && redirects(server);
  return [
    'server {',
    ...(isApart ? [] : listen(listeners.httpPort)),
    ...listen(listeners.httpsPort, ' ssl'),
    `  server_name ${host};`,
    `  ssl_certificate certs/${certificate}.pem;`,
    `  ssl_certificate_key certs/${certificate}.pem;`,
    ...(redirects(server) && !isApart ? [`  ${REDIRECT}`] : []),
    ...locationLines(locations, names),
    '}',
  ];
}

/** @returns {readonly string[]} */
function redirectLines(/** @type {readonly string[]} */ hosts, /** @type {number} */ port) {
  if (hosts.length === 0) return [];
  const names = hosts.map((host, index) => (index === 0 ? `  server_name ${host}` : `    ${host}`));
  return ['server {', ...listen(port), `${names.join('\n')};`, `  ${REDIRECT}`, '}'];
}

/**
 * The same nginx.conf as somebody writes it by hand who knows nginx well: what holds for all hosts as we have it, and of
 * the rest no line more than the same behaviour takes. Plain HTTP of hosts that redirect may share a server, which
 * spares nginx two addresses of each.
 */
export function handWritten(
  /** @type {string} */ conf,
  /** @type {Routing} */ routing,
  /** @type {Redirects} */ where,
) {
  const { before, defaultServer } = frameOf(conf);
  const names = firstWithPeers(routing.upstreams);
  const hosts = routing.servers.filter(({ host }) => host !== '_');
  const redirected = where === 'in one server' ? hosts.filter(redirects).map(({ host }) => host) : [];
  const lines = [
    ...routing.upstreams.filter(({ name }) => names.get(name) === name).flatMap(upstreamLines),
    ...redirectLines(redirected, routing.listeners.httpPort),
    ...hosts.flatMap(server => serverLines(server, routing, { names, where })),
  ];
  return `${before}${defaultServer.trimEnd()}\n${lines.join('\n')}\n}\n`;
}

/** @typedef {{ readonly host: string, readonly path: string }} Target */

/**
 * What leads to a backend, in a text that was written by hand.
 * @returns {readonly Target[]}
 */
export function targetsIn(/** @type {string} */ conf) {
  return conf.split('server_name ').flatMap(server => {
    const host = server.slice(0, server.indexOf(';'));
    const paths = [...server.matchAll(/^ *location (?:= )?(\/\S*) \{ proxy_pass/gmu)];
    return paths.map(([, path = '']) => ({ host, path }));
  });
}
