import { objectText } from '../../diagnostics/place.ts';
import type { Routing, Stream } from '../../routing/model.ts';
import type { SecretFile } from '../../routing/secret-files.ts';
import type { ChangeKind } from './kinds.ts';
import type { ChangeSide, OneChange } from './model.ts';
import { canonical, wordsOfPair } from './plain.ts';
import type { Pair } from './policies.ts';
import { diffPolicies } from './policies.ts';
import { fieldsOf } from './fields.ts';
import { defaultText } from './certificates.ts';
import { statementsText } from './statement-text.ts';
import { peerWords } from './targets.ts';
import type { RoutingView } from './view.ts';

/** What differs for all hosts, and for ports without hosts. */
export function diffGlobals(views: Pair<RoutingView>): readonly OneChange[] {
  const { before, after } = { before: views.before.routing, after: views.after.routing };
  const whose = { before: [], after: [] };
  const policies = [
    ...diffPolicies('main', { before: before.main, after: after.main }, { views, whose }),
    ...diffPolicies('http', { before: before.http, after: after.http }, { views, whose }),
  ].map(found => ({ ...found, subject: undefined, route: undefined }));
  return [
    ...policies,
    ...settings({ before, after }),
    ...streams({ before, after }),
    ...passthroughs({ before, after }),
    ...contents({ before, after }),
  ];
}

function ofAll(kind: ChangeKind, before: string, after: string): OneChange {
  const side = (text: string): ChangeSide => ({ text, causes: [] });
  return { kind, subject: undefined, route: undefined, before: side(before), after: side(after) };
}

function settings({ before, after }: Pair<Routing>): readonly OneChange[] {
  const changes: OneChange[] = [];
  const compare = (kind: ChangeKind, was: unknown, is: unknown, what: string): void => {
    if (canonical(was) === canonical(is)) return;
    const [first, second] = wordsOfPair(was, is);
    changes.push(ofAll(kind, `${what}: ${first}`, `${what}: ${second}`));
  };
  compare('listener-changed', before.listeners, after.listeners, 'nginx listens on');
  // Where there are none, no name is looked up.
  if (before.resolvers.length > 0 && after.resolvers.length > 0)
    compare('option-changed', before.resolvers, after.resolvers, 'DNS servers');
  compare('option-changed', before.resolvesIpv4Only ?? false, after.resolvesIpv4Only ?? false, 'IPv4 addresses alone');
  const [was, is] = [before.defaultCertificate, after.defaultCertificate];
  if (canonical(was) !== canonical(is)) {
    const kind =
      is.kind === 'certificate' ? (was.kind === 'certificate' ? 'certificate-changed' : 'tls-added') : 'tls-removed';
    const what = 'hosts without a certificate of their own show ';
    changes.push(ofAll(kind, what + defaultText(was), what + defaultText(is)));
  }
  changes.push(...streamSnippets({ before, after }));
  return changes;
}

function streamSnippets({ before, after }: Pair<Routing>): readonly OneChange[] {
  const texts = { before: before.streamSnippets ?? [], after: after.streamSnippets ?? [] };
  const statements = (side: 'before' | 'after') => texts[side].flatMap(({ statements: each }) => each);
  if (canonical(statements('before')) === canonical(statements('after'))) return [];
  const side = (at: 'before' | 'after'): ChangeSide | undefined =>
    texts[at].length === 0
      ? undefined
      : {
          text: `stream-snippet: ${statementsText(statements(at))}`,
          causes: fieldsOf(texts[at].flatMap(({ from }) => from)),
        };
  const [was, is] = [side('before'), side('after')];
  const kind = was === undefined ? 'snippet-added' : is === undefined ? 'snippet-removed' : 'snippet-changed';
  return [{ kind, subject: undefined, route: undefined, before: was, after: is }];
}

function streams({ before, after }: Pair<Routing>): readonly OneChange[] {
  const keyOf = ({ protocol, port }: Stream): string => `${protocol} ${port}`;
  const earlier = new Map(before.streams.map(each => [keyOf(each), each]));
  const later = new Map(after.streams.map(each => [keyOf(each), each]));
  const text = ({ peers, acceptsProxyProtocol, sendsProxyProtocol }: Stream): string =>
    peerWords(peers) +
    (acceptsProxyProtocol ? ', accepts the PROXY protocol' : '') +
    (sendsProxyProtocol ? ', sends the PROXY protocol' : '');
  const sideOf = (stream: Stream | undefined): ChangeSide | undefined =>
    stream && { text: text(stream), causes: fieldsOf([stream.from]) };
  const meaning = (stream: Stream | undefined): string => {
    if (stream === undefined) return '';
    const { from: _, peers, ...rest } = stream;
    return canonical([rest, peers.kind === 'addresses' ? peers.addresses : peers]);
  };
  return [...new Set([...earlier.keys(), ...later.keys()])].flatMap((subject): readonly OneChange[] => {
    const [was, is] = [earlier.get(subject), later.get(subject)];
    if (meaning(was) === meaning(is)) return [];
    const kind = was === undefined ? 'added-stream' : is === undefined ? 'removed-stream' : 'stream-changed';
    return [{ kind, subject: `port ${subject}`, route: undefined, before: sideOf(was), after: sideOf(is) }];
  });
}

function passthroughs({ before, after }: Pair<Routing>): readonly OneChange[] {
  const earlier = new Map(before.passthroughs.map(each => [each.host, each]));
  const later = new Map(after.passthroughs.map(each => [each.host, each]));
  const sideOf = (passed: Routing['passthroughs'][number] | undefined): ChangeSide => {
    if (passed === undefined) return { text: 'TLS ends in nginx', causes: [] };
    const { to, from } = passed;
    const text = to === undefined ? 'TLS connections are closed' : `TLS goes to ${to.service} (${peerWords(to.peers)})`;
    return { text, causes: fieldsOf(from) };
  };
  return [...new Set([...earlier.keys(), ...later.keys()])].flatMap((host): readonly OneChange[] => {
    const [was, is] = [sideOf(earlier.get(host)), sideOf(later.get(host))];
    if (was.text === is.text) return [];
    return [{ kind: 'passthrough-changed', subject: host, route: undefined, before: was, after: is }];
  });
}

const OF_CONTENT: Readonly<Record<SecretFile['kind'], ChangeKind>> = {
  'key-pair': 'certificate-renewed',
  passwords: 'auth-changed',
  authorities: 'client-certificate-changed',
  revocations: 'client-certificate-changed',
  'dh-parameters': 'tls-changed',
  'ticket-key': 'tls-changed',
};

/** Secrets that hold something else: never what. */
function contents({ before, after }: Pair<Routing>): readonly OneChange[] {
  const earlier = new Map(before.files.map(file => [`${file.kind} ${file.id}`, file]));
  return after.files.flatMap((file): readonly OneChange[] => {
    const other = earlier.get(`${file.kind} ${file.id}`);
    if (other === undefined || bytesOf(other) === bytesOf(file)) return [];
    const subject = objectText(file.from.resource);
    const side = (text: string, { from }: SecretFile): ChangeSide => ({ text, causes: fieldsOf([from]) });
    const kind = OF_CONTENT[file.kind];
    return [{ kind, subject, route: undefined, before: side('one content', other), after: side('another one', file) }];
  });
}

function bytesOf(file: SecretFile): string {
  return file.kind === 'key-pair' ? `${file.chain}\n${file.key}` : file.content;
}
