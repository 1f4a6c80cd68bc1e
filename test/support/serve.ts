import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startBackends } from './backends.ts';
import type { Backends } from './backends.ts';
import { findingsOf } from './bin.ts';
import type { FoundJson } from './bin.ts';
import { ask } from './client.ts';
import type { Answer, Ports, Question } from './client.ts';
import { yamlOf } from './manifests.ts';
import type { Manifest } from './manifests.ts';
import { freePorts, startNginx } from './nginx.ts';
import { runWarm } from './warm-bin.ts';

export interface Served {
  readonly ports: Ports;
  readonly ask: (question: Question) => Promise<Answer>;
  readonly findings: readonly FoundJson[];
  /** What is in a file of `logs/`; empty where there is none. */
  readonly logged: (name: string) => string;
  readonly stop: () => Promise<void>;
}

/**
 * From manifests to a running nginx, the way that a user goes: the built program reads them from its standard input,
 * nginx serves its output folder, pods of this process answer.
 */
export async function serve(
  manifests: (backends: Backends) => readonly Manifest[],
  flags: readonly string[] = [],
): Promise<Served> {
  const backends = await startBackends();
  const parent = mkdtempSync(join(tmpdir(), 'ingress2nginx-serve-'));
  const end = async () => {
    rmSync(parent, { recursive: true, force: true });
    await backends.close();
  };
  try {
    const [httpPort = 0, httpsPort = 0] = await freePorts(2);
    const ports = { httpPort, httpsPort };
    const folder = join(parent, 'out');
    // All questions come from here, and a machine of tests need not have IPv6.
    const listen = ['--listen', '127.0.0.1', '--http-port', String(httpPort), '--https-port', String(httpsPort)];
    const words = [...listen, '--format', 'json', ...flags];
    const run = await runWarm(['render', '-', '-o', folder, ...words], yamlOf(manifests(backends)));
    const isExpected = run.code === 0 || (run.code === 1 && flags.includes('isolate'));
    if (!isExpected) throw new Error(`render ended with ${run.code}: ${run.stderr}`);
    openWay(parent);
    const nginx = await startNginx(folder, httpPort);
    const stop = async () => {
      await nginx.stop();
      await end();
    };
    const logged = (name: string): string => {
      const path = join(folder, 'logs', name);
      return existsSync(path) ? readFileSync(path, 'utf8') : '';
    };
    return { ports, ask: question => ask(ports, question), findings: findingsOf(run), logged, stop };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Temporary folders are private; the user that nginx runs as must get through this one. */
function openWay(folder: string): void {
  chmodSync(folder, 0o755);
}
