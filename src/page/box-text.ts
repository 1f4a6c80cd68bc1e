import { endText, trunkTitle } from '../answers/graph.ts';
import { peerTexts } from '../routing/peer-texts.ts';
import type { End, Trunk } from '../answers/route-tree.ts';
import { objectText } from '../diagnostics/place.ts';
import type { Peers, PeerAddresses } from '../routing/model.ts';
import type { Box } from './band.ts';
import { TLS_TEXT } from './records.ts';
import { countText, nameText } from './words.ts';

/** The two lines of a box, and how it is read out. */
export interface BoxText {
  readonly title: string;
  readonly note: string;
  readonly spoken: string;
}

export function boxText(box: Box): BoxText {
  const { thing, records } = box;
  switch (thing.kind) {
    case 'host': {
      const title = trunkName(thing.trunk);
      const note = thing.isContinued ? 'continued' : TLS_TEXT[records[0]?.tls ?? 'none'];
      return { title, note, spoken: `Host ${title}, ${note}, ${countText(records.length, 'path')}` };
    }
    case 'path':
      return pathText(box);
    case 'owner': {
      const [first, ...others] = thing.owners;
      const title = others.length === 0 ? first.name : `${first.name} +${others.length}`;
      const note = first.kind === 'Ingress' ? (first.namespace ?? '') : objectText(first);
      return { title, note, spoken: thing.owners.map(objectText).join(', ') };
    }
    case 'service': {
      const slash = thing.service.indexOf('/');
      const title = thing.service.slice(slash + 1);
      return { title, note: thing.service.slice(0, Math.max(slash, 0)), spoken: `Service ${thing.service}` };
    }
    case 'end':
      return textOfEnd(thing.end);
  }
}

function pathText({ thing, records: [record] }: Box): BoxText {
  if (thing.kind !== 'path' || record === undefined) return { title: '', note: '', spoken: '' };
  const { branch, policies, findings, trunk } = thing.record;
  const title = branch.path === '' ? branch.match : branch.path;
  const note = branch.path === '' ? '' : branch.match;
  const more = [...policies.map(nameText), ...(findings.length === 0 ? [] : [countText(findings.length, 'finding')])];
  const spoken = [`Path ${title}`, note, `of ${trunkName(trunk)}`, ...more].filter(Boolean).join(', ');
  return { title, note, spoken };
}

export function trunkName({ name }: Trunk): string {
  return trunkTitle(name);
}

function textOfEnd(end: End): BoxText {
  switch (end.kind) {
    case 'backend': {
      const title = peersTitle(end.peers);
      const addresses = peerTexts(end.peers);
      const note = addresses.length > 2 ? `${addresses.slice(0, 2).join(', ')} …` : addresses.join(', ');
      return { title, note, spoken: `${title}: ${addresses.join(', ')}` };
    }
    case 'status': {
      const title = end.code === 200 ? 'nginx answers 200' : String(end.code);
      return { title, note: end.reason, spoken: `Answered ${endText(end)}` };
    }
    case 'redirect':
      return { title: `redirect ${end.code}`, note: goalText(end), spoken: `Redirected, ${endText(end)}` };
    case 'closed':
      return { title: 'closed', note: 'nobody is there', spoken: endText(end) };
  }
}

function goalText({ to }: Extract<End, { kind: 'redirect' }>): string {
  return to.kind === 'url' ? to.url : `same URL of ${to.host}`;
}

const VIA_TEXT: Readonly<Record<NonNullable<PeerAddresses['via']>, string>> = {
  'cluster-ip': 'cluster IP',
  'node-port': 'node port',
  'port-forward': 'port-forward',
  address: 'address',
};

/** `3 endpoints`, `cluster IP`. */
export function peersTitle(peers: Peers): string {
  if (peers.kind === 'name-at-request') return 'DNS name';
  if (peers.via !== undefined) return VIA_TEXT[peers.via];
  const { addresses, notReady } = peers;
  if (notReady === undefined) return countText(addresses.length, 'endpoint');
  return `${addresses.length} of ${countText(addresses.length + notReady, 'endpoint')}`;
}
