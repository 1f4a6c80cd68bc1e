import type { Explanation } from '../../src/answers/explain/model.ts';
import { explain } from '../../src/answers/explain/explain.ts';
import { loadTexts } from '../../src/jobs/load.ts';
import { renderNginx } from '../../src/nginx/render.ts';
import type { Routing } from '../../src/routing/model.ts';
import { SETTINGS } from '../support/compiled.ts';
import type { Manifest } from '../support/manifests.ts';
import { freePorts, startNginx } from '../support/nginx.ts';
import { newClient } from './client.ts';
import type { Got, Ports, Sent } from './client.ts';
import { differenceOf } from './compare.ts';

/** What one request came to. */
export interface Compared {
  readonly sent: Sent;
  readonly got: Got;
  readonly explanation: Explanation;
  /** In one line; undefined where they agree, or where the explanation says that it cannot tell. */
  readonly difference: string | undefined;
}

/** Manifests that a real nginx serves, with the routing that it was made of. */
export interface Batch {
  readonly routing: Routing;
  readonly compare: (sent: Sent) => Promise<Compared>;
  readonly stop: () => Promise<void>;
}

/** Options of the controller's ConfigMap. */
export type ControllerOptions = Readonly<Record<string, string>>;

const CONFIG = { namespace: 'ingress', name: 'controller' };

/** Snippets of all kinds are taken, whatever a batch says. */
const ALWAYS: ControllerOptions = { 'allow-snippet-annotations': 'true', 'annotations-risk-level': 'Critical' };

function configMap(name: string, data: ControllerOptions): Manifest {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { ...CONFIG, name }, data };
}

function routingOf(manifests: readonly Manifest[], options: ControllerOptions, ports: Ports): Routing {
  const maps = [
    configMap(CONFIG.name, { ...ALWAYS, ...options }),
    configMap('added', { 'X-Added': 'yes', 'X-Team': 'shop' }),
    configMap('sent', { 'X-Sent': 'by $host', 'X-Port': '$server_port', 'X-Real-IP': '' }),
  ];
  const text = [...maps, ...manifests].map(manifest => JSON.stringify(manifest)).join('\n---\n');
  const settings = {
    ...SETTINGS,
    ...ports,
    listen: ['127.0.0.1'],
    snippets: 'all',
    controllerConfig: `${CONFIG.namespace}/${CONFIG.name}`,
  } as const;
  return loadTexts({ sources: [{ name: 'all.yaml', text }], settings }).routing;
}

export async function startBatch(manifests: readonly Manifest[], options: ControllerOptions): Promise<Batch> {
  const [httpPort = 0, httpsPort = 0] = await freePorts(2);
  const ports = { httpPort, httpsPort };
  const routing = routingOf(manifests, options, ports);
  // It is the second one on which nginx listens: until then, handshakes would fail.
  const nginx = await startNginx(renderNginx(routing, {}), httpsPort);
  const client = newClient(ports);
  return {
    routing,
    async compare(sent) {
      const got = await client.ask(sent);
      const explanation = explain(routing, { ...sent, hasClientCertificate: false });
      return { sent, got, explanation, difference: differenceOf(explanation, got) };
    },
    async stop() {
      client.close();
      await nginx.stop();
    },
  };
}
