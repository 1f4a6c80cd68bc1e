import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/**
 * A real Chromium without a window, driven over two pipes by the DevTools protocol. It is told to ask nobody for
 * anything of its own: no updates, no sync.
 */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--remote-debugging-pipe',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--no-first-run',
  '--no-default-browser-check',
  '--hide-scrollbars',
];

const PROGRAM = 'chromium';

/** What a page said or did that a good page does not. */
export interface Complaint {
  readonly kind: 'console' | 'exception' | 'log' | 'request';
  readonly text: string;
}

export interface View {
  readonly width: number;
  readonly height: number;
  readonly scheme?: 'light' | 'dark';
  readonly isPhone?: boolean;
}

export interface Page {
  /** All errors and warnings, and all requests but for the page itself. */
  readonly complaints: readonly Complaint[];
  readonly look: (view: View) => Promise<void>;
  /** Opens a page, and waits until it is there. */
  readonly open: (url: string) => Promise<void>;
  /** The value of an expression, which may be a promise. */
  readonly evaluate: (expression: string) => Promise<unknown>;
  /** Presses and releases a key, such as `Tab` or `ArrowDown`. */
  readonly press: (key: string) => Promise<void>;
  readonly type: (text: string) => Promise<void>;
  /** A picture of the window as PNG. */
  readonly screenshot: () => Promise<Buffer>;
  readonly close: () => Promise<void>;
}

export interface Browser {
  readonly newPage: () => Promise<Page>;
  readonly close: () => Promise<void>;
}

type Json = Readonly<Record<string, unknown>>;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly sessionId?: string;
  readonly params?: Json;
  readonly result?: Json;
  readonly error?: { readonly message: string };
}

interface Connection {
  readonly send: (method: string, params?: Json, sessionId?: string) => Promise<Json>;
  readonly listen: (sessionId: string, heard: (message: Message) => void) => void;
}

export async function launchChromium(): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'ingress2nginx-chromium-'));
  const child = spawn(PROGRAM, [...FLAGS, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const connection = connect(child);
  return {
    newPage: () => openPage(connection),
    async close() {
      const ended = new Promise<void>(resolve => void child.once('close', () => resolve()));
      await connection.send('Browser.close');
      await ended;
      // Its helpers end a moment later.
      rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

/** Messages are JSON, ended by a NUL. */
function connect(child: ChildProcess): Connection {
  const input = child.stdio[3] as Writable;
  const output = child.stdio[4] as Readable;
  const waiting = new Map<number, { resolve: (result: Json) => void; reject: (error: Error) => void }>();
  const listeners = new Map<string, (message: Message) => void>();
  let count = 0;
  let rest = '';
  const fail = (error: Error): void => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  child.once('error', fail);
  child.once('exit', () => fail(new Error('Chromium has ended')));
  output.setEncoding('utf8');
  output.on('data', chunk => {
    const parts = (rest + String(chunk)).split('\0');
    rest = parts.pop() ?? '';
    for (const part of parts) hear(JSON.parse(part) as Message);
  });
  const hear = (message: Message): void => {
    if (message.id === undefined) return listeners.get(message.sessionId ?? '')?.(message);
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error === undefined) call?.resolve(message.result ?? {});
    else call?.reject(new Error(message.error.message));
  };
  return {
    send: (method, params = {}, sessionId) =>
      new Promise((resolve, reject) => {
        count += 1;
        waiting.set(count, { resolve, reject });
        const target = sessionId === undefined ? {} : { sessionId };
        input.write(`${JSON.stringify({ id: count, method, params, ...target })}\0`);
      }),
    listen: (sessionId, heard) => void listeners.set(sessionId, heard),
  };
}

async function openPage(connection: Connection): Promise<Page> {
  const { targetId } = await connection.send('Target.createTarget', { url: 'about:blank' });
  const attached = await connection.send('Target.attachToTarget', { targetId, flatten: true });
  const sessionId = String(attached['sessionId']);
  const send = (method: string, params: Json = {}): Promise<Json> => connection.send(method, params, sessionId);
  const complaints: Complaint[] = [];
  let loaded: () => void = () => undefined;
  connection.listen(sessionId, message => {
    if (message.method === 'Page.loadEventFired') loaded();
    const complaint = complaintIn(message);
    if (complaint !== undefined) complaints.push(complaint);
  });
  for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await send(`${domain}.enable`);
  return {
    complaints,
    async look({ width, height, scheme = 'light', isPhone = false }) {
      const metrics = { width, height, deviceScaleFactor: isPhone ? 2 : 1, mobile: isPhone };
      await send('Emulation.setDeviceMetricsOverride', metrics);
      await send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
    },
    async open(url) {
      const isThere = new Promise<void>(resolve => void (loaded = resolve));
      await send('Page.navigate', { url });
      await isThere;
    },
    evaluate: expression => evaluated(send, expression),
    async press(key) {
      const { text, ...named } = keyOf(key);
      await send('Input.dispatchKeyEvent', { type: text === undefined ? 'rawKeyDown' : 'keyDown', ...named, text });
      await send('Input.dispatchKeyEvent', { type: 'keyUp', ...named });
    },
    async type(text) {
      await send('Input.insertText', { text });
    },
    async screenshot() {
      const { data } = await send('Page.captureScreenshot', { format: 'png' });
      return Buffer.from(String(data), 'base64');
    },
    async close() {
      await connection.send('Target.closeTarget', { targetId });
    },
  };
}

async function evaluated(send: (method: string, params: Json) => Promise<Json>, expression: string): Promise<unknown> {
  const answer = await send('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true });
  const { result, exceptionDetails } = answer as {
    readonly result: { readonly value?: unknown };
    readonly exceptionDetails?: { readonly exception?: { readonly description?: string }; readonly text: string };
  };
  if (exceptionDetails === undefined) return result.value;
  throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
}

const CODES: Readonly<Record<string, number>> = {
  Tab: 9,
  Enter: 13,
  Escape: 27,
  End: 35,
  Home: 36,
  ArrowLeft: 37,
  ArrowUp: 38,
  ArrowRight: 39,
  ArrowDown: 40,
};

function keyOf(key: string) {
  const code = { key, code: key, windowsVirtualKeyCode: CODES[key] };
  return key === 'Enter' ? { ...code, text: '\r' } : { ...code, text: undefined };
}

const COMPLAINTS: Readonly<Record<string, (params: Json) => Complaint | undefined>> = {
  'Runtime.consoleAPICalled': ({ args }) => ({ kind: 'console', text: JSON.stringify(args) }),
  'Runtime.exceptionThrown': ({ exceptionDetails }) => ({ kind: 'exception', text: JSON.stringify(exceptionDetails) }),
  'Log.entryAdded': ({ entry }) => ({ kind: 'log', text: JSON.stringify(entry) }),
  'Network.requestWillBeSent': ({ request, type }) => {
    const { url } = request as { readonly url: string };
    return type === 'Document' ? undefined : { kind: 'request', text: url };
  },
};

function complaintIn({ method = '', params = {} }: Message): Complaint | undefined {
  return COMPLAINTS[method]?.(params);
}
