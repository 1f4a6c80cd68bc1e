import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test, vi } from 'vitest';

import { USUAL_LEVELS } from '../../../../src/findings/levels.ts';
import { openEndings } from '../../../../src/jobs/watch/endings.ts';
import { watchFolder } from '../../../../src/jobs/watch/folder.ts';
import type { FolderWords } from '../../../../src/jobs/watch/folder.ts';
import type { WatchRequest } from '../../../../src/jobs/watch/request.ts';
import type { LiveEvent, SyncEvent } from '../../../../src/live/events.ts';
import { SETTINGS } from '../../../support/compiled.ts';
import { ingress, service, yamlOf } from '../../../support/manifests.ts';

const WEB = service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' });
const shop = (path: string): string =>
  yamlOf([ingress({ host: 'shop.example.com', paths: [[path, 'Prefix', 'web']] }), WEB]);

const WORDS: FolderWords = { withheld: () => 'it is wrong', failed: ({ problem }) => problem };
const OPTIONS = {
  hold: { onError: 'fail', failOn: 'error' },
  version: undefined,
  isTested: false,
  nginx: undefined,
} as const;

interface Syncs {
  readonly emit: (event: LiveEvent) => void;
  /** The next one, from the last that was asked for, that ended so. */
  readonly next: (outcome: SyncEvent['outcome']) => Promise<SyncEvent>;
}

function openSyncs(): Syncs {
  const come: SyncEvent[] = [];
  let look = (): void => undefined;
  return {
    emit(event) {
      if (event.kind === 'synced') come.push(event);
      look();
    },
    next: outcome =>
      new Promise(resolve => {
        look = () => {
          const index = come.findIndex(sync => sync.outcome === outcome);
          const [found] = index === -1 ? [] : come.splice(0, index + 1).slice(-1);
          if (found !== undefined) resolve(found);
        };
        look();
      }),
  };
}

test('a folder follows its files without a command line, a signal or a stream', async () => {
  const streams = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')];
  const scratch = mkdtempSync(join(tmpdir(), 'ingress2nginx-watch-job-'));
  const [input, folder] = [join(scratch, 'shop.yaml'), join(scratch, 'out')];
  const conf = (): string => readFileSync(join(folder, 'nginx.conf'), 'utf8');
  const syncs = openSyncs();
  const found: string[] = [];
  const endings = openEndings();
  const request: WatchRequest = {
    source: { kind: 'paths', paths: [input] },
    kubectl: {},
    settings: () => SETTINGS,
    levels: USUAL_LEVELS,
    allowEmpty: undefined,
    syncsPerSecond: 1_000,
    resyncSeconds: undefined,
    publish: undefined,
    view: {
      emit: syncs.emit,
      note: text => void found.push(text),
      *findings({ fresh, gone }) {
        yield;
        found.push(...fresh.map(({ rule }) => `+ ${rule.name}`), ...gone.map(({ rule }) => `- ${rule.name}`));
      },
    },
    endings,
    signal: new AbortController().signal,
  };
  try {
    expect(await watchFolder(request, { ...OPTIONS, folder }, WORDS)).toEqual({ kind: 'missing', paths: [input] });
    expect(existsSync(folder)).toBe(false);
    writeFileSync(input, shop('/old'));
    const following = await watchFolder(request, { ...OPTIONS, folder }, WORDS);
    await syncs.next('applied');
    expect(conf()).toContain('location /old/ {');
    writeFileSync(input, shop('wrong'));
    expect((await syncs.next('withheld')).problem).toBe('it is wrong');
    expect(conf()).toContain('location /old/ {');
    writeFileSync(input, shop('/new'));
    await syncs.next('applied');
    expect(conf()).toContain('location /new/ {');
    if (following.kind === 'open') following.resync('asked');
    expect((await syncs.next('unchanged')).causes).toContain('asked');
    expect(found).toEqual(['+ invalid-path', '- invalid-path']);
    expect(streams.map(stream => stream.mock.calls.length)).toEqual([0, 0]);
  } finally {
    await endings.end();
    for (const stream of streams) stream.mockRestore();
    rmSync(scratch, { recursive: true, force: true });
  }
});
