import type { Rule } from '../../diagnostics/rule.ts';

export const tooFewConnections = {
  id: 'I2N802',
  name: 'too-few-connections',
  severity: 'error',
  summary:
    'More addresses and ports to listen on than `max-worker-connections` has room for; a warning where it is nearly so.',
  why: 'Each TCP and UDP service takes one connection of each worker for IPv4 and one for IPv6, before the first client comes. nginx refuses a configuration with too few: "worker_connections are not enough for … listening sockets".',
} as const satisfies Rule;

export const manyHostPatterns = {
  id: 'I2N803',
  name: 'many-host-patterns',
  severity: 'info',
  summary: 'Two hundred wildcard hosts or more.',
  why: 'As in the controller, each is a regular expression, and nginx tries them one after the other where no host has the name itself. With 200 of them nginx answers half as many of such requests as with one, with 1,000 an eighth.',
} as const satisfies Rule;

export const manyExpressions = {
  id: 'I2N804',
  name: 'many-expressions',
  severity: 'info',
  summary: 'A host with two hundred paths or more that are regular expressions.',
  why: 'One use-regex or rewrite-target makes all paths of its host regular expressions, which nginx tries one after the other; other paths it finds in a tree. With 200 of them nginx answers little more than half as many requests as with one, with 1,000 a quarter.',
} as const satisfies Rule;

export const serverNameBucket = {
  id: 'I2N805',
  name: 'server-name-bucket',
  severity: 'warning',
  summary: 'A `server-name-hash-bucket-size` that the longest host does not fit into.',
  why: 'The nginx of the controller refuses its whole configuration then ("could not build server_names_hash"), so that no change takes effect any more. ingress2nginx uses a size that fits.',
} as const satisfies Rule;
