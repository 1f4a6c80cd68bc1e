import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ask } from '../client.ts';
import type { Answer, Question } from '../client.ts';
import { freePorts, startNginx } from '../nginx.ts';
import { runWarm } from '../warm-bin.ts';
import { addressesOf, readdressed } from './addresses.ts';
import { ENDPOINT_HEADER, startEndpoints } from './endpoints.ts';
import type { Endpoints, Hit } from './endpoints.ts';
import { flagsOf } from './flags.ts';
import type { GoldenRequest, RequestsFile } from './requests.ts';

/** What came of one request. */
export interface Outcome {
  readonly answer: Answer;
  /** ADDRESS:PORT of the input and its Service; undefined when nginx answered by itself. */
  readonly endpoint: string | undefined;
  readonly service: string | undefined;
  /** What the endpoints got, first to last. */
  readonly hits: readonly Hit[];
}

export interface ServedFolder {
  /** Sends a request as often as it says. */
  readonly send: (request: GoldenRequest) => Promise<readonly Outcome[]>;
  /** What nginx complained about so far. */
  readonly complaints: () => string;
  readonly stop: () => Promise<void>;
}

const URL_PARTS = /^(?<scheme>https?):\/\/(?<host>[^/]+)(?<path>\/.*)$/u;

/** Cookies by client and name. They neither expire nor have a path. */
type Jars = Map<string, Map<string, string>>;

function cookieHeader(request: GoldenRequest, jars: Jars): Readonly<Record<string, string>> {
  const kept = Object.fromEntries(jars.get(request.client ?? '') ?? []);
  const pairs = Object.entries({ ...kept, ...request.cookies }).map(([name, value]) => `${name}=${value}`);
  return pairs.length === 0 ? {} : { Cookie: pairs.join('; ') };
}

function keepCookies(client: string, { lines }: Answer, jars: Jars): void {
  const jar = jars.get(client) ?? new Map<string, string>();
  jars.set(client, jar);
  for (const line of lines['set-cookie'] ?? []) {
    const { name, value } = /^(?<name>[^=]+)=(?<value>[^;]*)/u.exec(line)?.groups ?? {};
    if (name !== undefined && value !== undefined) jar.set(name, value);
  }
}

function questionOf(request: GoldenRequest, jars: Jars): Question {
  const { url, bodyBytes, user, headers, from, certificate, serverName } = request;
  const { scheme, host = '', path = '' } = URL_PARTS.exec(url)?.groups ?? {};
  const method = request.method ?? (bodyBytes === undefined ? 'GET' : 'POST');
  const authorization = user === undefined ? {} : { Authorization: `Basic ${Buffer.from(user).toString('base64')}` };
  return {
    host,
    path,
    https: scheme === 'https',
    method,
    headers: { ...authorization, ...cookieHeader(request, jars), ...headers },
    ...(from === undefined ? {} : { from }),
    ...(certificate === undefined ? {} : { certificate }),
    ...(serverName === undefined ? {} : { serverName }),
    ...(bodyBytes === undefined ? {} : { body: Buffer.alloc(bodyBytes, 'x') }),
  };
}

/** Renders into a folder, as the golden tests do, and puts the endpoints of this machine in the place of the others. */
async function render(folder: string, out: string, flags: readonly string[], endpoints: Endpoints): Promise<void> {
  const words = ['render', 'input.yaml', '-o', out, '--on-error', 'isolate', ...flags, ...flagsOf(folder)];
  const { code, stderr } = await runWarm(words, '', folder);
  if (code !== 0 && code !== 1) throw new Error(`render ended with ${code}: ${stderr}`);
  const conf = join(out, 'nginx.conf');
  writeFileSync(conf, readdressed(readFileSync(conf, 'utf8'), endpoints.places));
}

/** A real nginx with the configuration of a golden folder, and a server for each endpoint of its input. */
export async function serveFolder(folder: string, { down = [], speaks = {} }: RequestsFile): Promise<ServedFolder> {
  const addresses = addressesOf(readFileSync(join(folder, 'input.yaml'), 'utf8'));
  const parent = mkdtempSync(join(tmpdir(), 'ingress2nginx-golden-'));
  const endpoints = await startEndpoints(addresses, { down, speaks });
  const end = async (): Promise<void> => {
    rmSync(parent, { recursive: true, force: true });
    await endpoints.close();
  };
  try {
    const [httpPort = 0, httpsPort = 0] = await freePorts(2);
    const ports = { httpPort, httpsPort };
    const out = join(parent, 'out');
    const listen = ['--listen', '127.0.0.1', '--http-port', String(httpPort), '--https-port', String(httpsPort)];
    await render(folder, out, listen, endpoints);
    // The user that nginx runs as must get through.
    chmodSync(parent, 0o755);
    const nginx = await startNginx(out, httpPort);
    const jars: Jars = new Map();
    const sendOnce = async (request: GoldenRequest): Promise<Outcome> => {
      endpoints.begin(request.backends ?? {});
      const answer = await ask(ports, questionOf(request, jars));
      if (request.client !== undefined) keepCookies(request.client, answer, jars);
      const endpoint = answer.lines[ENDPOINT_HEADER]?.[0];
      return { answer, endpoint, service: addresses.get(endpoint ?? ''), hits: endpoints.hits() };
    };
    const send = async (request: GoldenRequest): Promise<readonly Outcome[]> => {
      const outcomes: Outcome[] = [];
      while (outcomes.length < (request.repeat ?? 1)) outcomes.push(await sendOnce(request));
      return outcomes;
    };
    const stop = async (): Promise<void> => {
      await nginx.stop();
      await end();
    };
    const complaints = (): string => nginx.errorLog().replaceAll(/^.*\[notice\].*\n/gmu, '');
    return { send, complaints, stop };
  } catch (error) {
    await end();
    throw error;
  }
}
