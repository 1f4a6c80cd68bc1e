import { defaultCertificateId, PLACEHOLDER_ID } from './blocks/server.ts';
import { atOnce } from '../steps/steps.ts';
import { configurationOf } from './configuration.ts';
import { createBlockMemory } from './known-blocks.ts';
import { PLACEHOLDER_CERTIFICATE } from './placeholder-certificate.ts';
import { passwordPath } from './policies/basic-auth.ts';
import { RENDERERS } from './renderers.ts';
import { certificatePath, ticketKeyPath } from './secret-paths.ts';
import { syntaxOf } from './version.ts';

import type { BlockMemory } from './known-blocks.ts';
import type { PickMemory } from '../diagnostics/each.ts';
import { changesOf, pickEach } from '../diagnostics/each.ts';
import type { ObjectName } from '../diagnostics/place.ts';
import { objectText } from '../diagnostics/place.ts';
import type { Routing, Server } from '../routing/model.ts';
import type { Certificate, PasswordFile, PemFile, SecretFile, TicketKey } from '../routing/secret-files.ts';
import type { Steps } from '../steps/steps.ts';
import type { OutputFile } from './file-set.ts';
import type { RenderedFiles } from './rendered-files.ts';
import type { SystemLayout } from './layout.ts';
import type { Renderers } from './parts.ts';
import type { NginxVersion } from './version.ts';

/** Without a version the text loads on every nginx from 1.22 on. */
export interface RenderOptions {
  readonly version?: NginxVersion;
  /** For an nginx that the system runs; without it, all that nginx writes lies in the output folder. */
  readonly system?: SystemLayout;
  /** nginx is told to load its stream module when it starts, if that is a file. */
  readonly loadsStreams?: true;
}

/** The folders that nginx writes to. */
const FOLDERS: readonly string[] = ['logs', 'run'];
const FILE_ID = /^[A-Za-z0-9][\w.-]*$/;

interface Source {
  readonly resource: ObjectName;
  readonly text: string;
}

/** The objects behind nginx.conf. */
interface Sources {
  readonly servers: readonly Server[];
  /** How many times each is behind a server. */
  readonly counts: Map<ObjectName, number>;
  /** In the order of their texts. */
  readonly all: readonly Source[];
  /** Each text once. */
  readonly names: readonly ObjectName[];
}

/** What one rendering leaves to the next: the texts of parts of a routing, which are used again for the same objects. */
export interface RenderMemory {
  readonly blocks: BlockMemory;
  readonly files: WeakMap<SecretFile, OutputFile>;
  readonly passwords: PickMemory<Server, readonly string[]>;
  sources: Sources;
}

export function createRenderMemory(): RenderMemory {
  const sources = { servers: [], counts: new Map<ObjectName, number>(), all: [], names: [] };
  return { blocks: createBlockMemory(), files: new WeakMap(), passwords: { last: undefined }, sources };
}

/**
 * Writes a Routing as files for nginx. It finds no fault with texts: earlier stages asked `problemOfText`, so
 * that a text that cannot be written is our bug, and throws. The result is equal with and without a memory.
 */
export function* renderSteps(
  routing: Routing,
  options: RenderOptions,
  memory: RenderMemory = createRenderMemory(),
  renderers: Renderers = RENDERERS,
): Steps<RenderedFiles> {
  yield 'text';
  memory.sources = sourcesOf(routing, memory.sources);
  const { version, system, loadsStreams = false } = options;
  const configuration = yield* configurationOf(
    routing,
    { syntax: syntaxOf(version), system, loadsStreams, renderers },
    memory.blocks,
  );
  const files = [
    {
      path: 'nginx.conf',
      bytes: configuration.bytes,
      isSecret: false,
      from: memory.sources.names,
    },
    ...usedFiles(routing, memory).map(file => recall(file, memory)),
    ...(defaultCertificateId(routing) === PLACEHOLDER_ID ? [placeholderFile()] : []),
  ];
  return {
    files: files.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    folders: options.system === undefined ? FOLDERS : [],
    configuration,
  };
}

/** The same without a pause. */
export function renderNginx(...input: Parameters<typeof renderSteps>): RenderedFiles {
  return atOnce(renderSteps(...input));
}

function recall(part: SecretFile, { files }: RenderMemory): OutputFile {
  const file = files.get(part) ?? fileOf(part);
  files.set(part, file);
  return file;
}

function fileOf(part: SecretFile): OutputFile {
  switch (part.kind) {
    case 'passwords':
      return passwordFile(part);
    case 'key-pair':
      return certificateFile(part);
    case 'authorities':
    case 'revocations':
    case 'dh-parameters':
      return bundleFile(part);
    case 'ticket-key':
      return ticketKeyFile(part);
  }
}

/** The objects behind servers, in the order of their texts, each text once. Only servers that came or went are looked at. */
function sourcesOf({ servers }: Routing, { servers: before, counts, all, names }: Sources): Sources {
  const { gone, come } = changesOf(before, servers);
  const added = new Set<ObjectName>();
  const left = new Set<ObjectName>();
  for (const { from } of come) {
    for (const { resource } of from) {
      const count = counts.get(resource) ?? 0;
      if (count === 0) added.add(resource);
      counts.set(resource, count + 1);
    }
  }
  for (const { from } of gone) {
    for (const { resource } of from) {
      const count = counts.get(resource) ?? 0;
      counts.set(resource, count - 1);
      if (count > 1) continue;
      counts.delete(resource);
      if (!added.delete(resource)) left.add(resource);
    }
  }
  if (added.size === 0 && left.size === 0) return { servers, counts, all, names };
  const more = Array.from(added, resource => ({ resource, text: objectText(resource) }));
  const now = [...all.filter(({ resource }) => !left.has(resource)), ...more];
  now.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
  const once = now.filter(({ text }, index) => text !== now[index - 1]?.text);
  return { servers, counts, all: now, names: once.map(({ resource }) => resource) };
}

/** Password files only where a location asks for the password. */
function usedFiles({ servers, files }: Routing, { passwords }: RenderMemory): readonly SecretFile[] {
  const used = new Set(pickEach(passwords, servers, passwordsOf).flat());
  return files.filter(({ kind, id }) => kind !== 'passwords' || used.has(id));
}

function passwordsOf({ locations }: Server): readonly string[] | undefined {
  const ids: string[] = [];
  for (const {
    policies: { basicAuth },
    target,
  } of locations) {
    const isAsked = target.kind === 'proxy' || (target.kind === 'status' && target.code === 404);
    if (basicAuth !== undefined && isAsked) ids.push(basicAuth.asks.users);
  }
  return ids.length === 0 ? undefined : ids;
}

function passwordFile({ id, content, from }: PasswordFile): OutputFile {
  return { path: passwordPath(checkedId(id)), bytes: encode(content), isSecret: true, from: [from.resource] };
}

function certificateFile({ id, chain, key, from }: Certificate): OutputFile {
  if (id === PLACEHOLDER_ID) throw new Error('a certificate has the id of the placeholder');
  const bytes = encode(`${ensureNewline(chain)}${ensureNewline(key)}`);
  return { path: certificatePath(checkedId(id)), bytes, isSecret: true, from: [from.resource] };
}

/** Others may read it, but need not know whom we trust. */
function bundleFile({ id, content, from }: PemFile): OutputFile {
  return { path: certificatePath(checkedId(id)), bytes: encode(content), isSecret: true, from: [from.resource] };
}

/** nginx wants bytes, and none besides. */
function ticketKeyFile({ id, content, from }: TicketKey): OutputFile {
  const bytes = new Uint8Array(Buffer.from(content, 'base64'));
  return { path: ticketKeyPath(checkedId(id)), bytes, isSecret: true, from: [from.resource] };
}

/** Its key is no secret, but a key that others may read is a finding of every scanner: it is kept like the others. */
function placeholderFile(): OutputFile {
  return { path: certificatePath(PLACEHOLDER_ID), bytes: encode(PLACEHOLDER_CERTIFICATE), isSecret: true, from: [] };
}

/** Ids become file names, and must not lead elsewhere. */
function checkedId(id: string): string {
  if (!FILE_ID.test(id)) throw new Error(`not a file name: ${JSON.stringify(id)}`);
  return id;
}

function ensureNewline(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
