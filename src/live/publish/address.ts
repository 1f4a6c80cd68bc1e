import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';

import { parseJson } from '../../json/value.ts';
import type { Failure } from '../../diagnostics/failure.ts';
import { failure, messageOf } from '../../diagnostics/failure.ts';
import type { KubectlFlags } from '../kubectl/kubectl.ts';
import { clusterWords, findKubectl } from '../kubectl/kubectl.ts';
import { textAt, listAt } from '../../json/fields.ts';

/** An address as it stands in `status.loadBalancer.ingress`. */
export type StatusAddress = { readonly ip: string } | { readonly hostname: string };

export type FoundAddress = { readonly kind: 'found'; readonly address: StatusAddress } | Failure;

const LONGEST_CONFIG_MS = 20_000;
const HTTPS_PORT = 443;

export function shownAddress(address: StatusAddress): string {
  return 'ip' in address ? address.ip : address.hostname;
}

/**
 * The address of this machine by which it reaches the API server of a kubeconfig: those who reach the cluster from the
 * same network reach it, too. On the loopback interface for a server that listens there.
 */
export async function addressTowardsServer(flags: KubectlFlags): Promise<FoundAddress> {
  const kubectl = findKubectl(flags);
  if (kubectl.kind === 'failed') return kubectl;
  const server = await serverOf(kubectl.program, clusterWords(flags));
  if ('kind' in server) return server;
  try {
    const host = server.url.hostname.replaceAll(/^\[|\]$/g, '');
    const { address, family } = await lookup(host);
    const port = server.url.port === '' ? HTTPS_PORT : Number(server.url.port);
    return { kind: 'found', address: { ip: await localAddress({ address, port, family }) } };
  } catch (error) {
    return failure(messageOf(error));
  }
}

/** What kubectl calls the server; within a pod that is what Kubernetes calls it. */
async function serverOf(program: string, words: readonly string[]): Promise<{ readonly url: URL } | Failure> {
  const asked = await kubectlConfig(program, words);
  if ('kind' in asked) return asked;
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = '443' } = process.env;
  const [cluster] = listAt(asked.config, 'clusters');
  const within = host === undefined ? '' : `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const server = textAt(cluster, 'cluster', 'server') || within;
  if (!URL.canParse(server)) return failure('kubectl config view names no server');
  return { url: new URL(server) };
}

/** Secrets in it are left out by kubectl itself. */
function kubectlConfig(program: string, words: readonly string[]): Promise<{ readonly config: unknown } | Failure> {
  return new Promise(resolve => {
    const all = ['config', 'view', '--minify', '-o', 'json', ...words];
    execFile(program, all, { timeout: LONGEST_CONFIG_MS }, (error, stdout, stderr) => {
      if (error?.killed === true) resolve(failure(`${program} did not answer within ${LONGEST_CONFIG_MS / 1_000} s`));
      else if (error !== null) resolve(failure(`kubectl config view: ${stderr.trim() || error.message}`));
      else if (!stdout.trimStart().startsWith('{')) resolve(failure('kubectl config view printed nothing'));
      else resolve({ config: parseJson(stdout) });
    });
  });
}

interface Target {
  readonly address: string;
  readonly port: number;
  readonly family: number;
}

/** Asks the routing table: connecting a UDP socket sends nothing. */
function localAddress({ address, port, family }: Target): Promise<string> {
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  return new Promise<string>((resolve, reject) => {
    socket.once('error', reject);
    socket.connect(port, address, () => resolve(socket.address().address.replace(/%.*$/, '')));
  }).finally(() => socket.close());
}
