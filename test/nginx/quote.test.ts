import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { quoteLiteral } from '../../src/nginx/quote.ts';
import { problemOfText } from '../../src/routing/text.ts';
import { ask } from '../support/client.ts';
import { checkNginx, freePorts, startNginx } from '../support/nginx.ts';
import { parseNginx } from '../support/nginx-parse.ts';

import type { FileSet } from '../../src/nginx/file-set.ts';
import type { Ports } from '../support/client.ts';
import type { RunningNginx } from '../support/nginx.ts';

const NASTY = ['"', "'", '\\', '$', '{', '}', ';', '#', ' ', '~', 'n', 't', 'r', 'é', '(', ')', '1', 'host'];
const nasty = fc.string({ unit: fc.constantFrom(...NASTY), maxLength: 12 });

/** The same in every run: each text is asked about once. */
const TEXTS = [...new Set(fc.sample(nasty, { numRuns: 400, seed: 1 }))].filter(
  text => problemOfText(text) === undefined,
);
const TOKENS = [...new Set(fc.sample(nasty, { numRuns: 800, seed: 2 }))].filter(token => !token.includes('$'));
const READ = TOKENS.flatMap(token => readOne(token));

let nginx: RunningNginx;
let ports: Ports;

/** What our parser makes of a token, if it is one. */
function readOne(token: string): readonly { readonly token: string; readonly text: string }[] {
  try {
    const [{ name, args, block } = { name: '', args: [] }, ...more] = parseNginx(`return 200 ${token}\n;`);
    const [code, text] = args;
    const isOne = name === 'return' && code === '200' && args.length === 2 && block === undefined && more.length === 0;
    return isOne && text !== undefined ? [{ token, text }] : [];
  } catch {
    return [];
  }
}

function configuration(http: string, port: number): FileSet {
  const text = `pid run/nginx.pid;
events {}
http {
client_body_temp_path run/a; proxy_temp_path run/b; fastcgi_temp_path run/c; uwsgi_temp_path run/d; scgi_temp_path run/e;
access_log off;
geo $literal_dollar { default "$"; }
${http.replace('server {', `server { listen 127.0.0.1:${port};`)}
}
`;
  const bytes = new TextEncoder().encode(text);
  return { files: [{ path: 'nginx.conf', bytes, isSecret: false, from: [] }], folders: ['logs', 'run'] };
}

beforeAll(async () => {
  const [port = 0] = await freePorts(1);
  ports = { httpPort: port, httpsPort: 0 };
  const literals = TEXTS.map(
    (text, index) => `location = /literal/${index} { return 200 ${quoteLiteral(text, { once: () => undefined })}; }`,
  );
  const tokens = READ.map(({ token }, index) => `location = /token/${index} { return 200 ${token}\n; }`);
  const all = [...literals, ...tokens];
  const http = `server {\n${all.join('\n')}\n}`;
  nginx = await startNginx(configuration(http, port), port);
});

afterAll(() => nginx.stop());

test('nginx reads a literal as the text', async () => {
  const read = await Promise.all(TEXTS.map((_, index) => ask(ports, { host: 'h', path: `/literal/${index}` })));
  expect(read.map(({ text }) => text)).toEqual(TEXTS);
});

test('nginx reads a token as our parser does', async () => {
  const read = await Promise.all(READ.map((_, index) => ask(ports, { host: 'h', path: `/token/${index}` })));
  expect(read.map(({ text }) => text)).toEqual(READ.map(({ text }) => text));
  expect(READ.length).toBeGreaterThan(100);
});

test('nginx refuses what our parser refuses', () => {
  const read = new Set(READ.map(({ token }) => token));
  const refused = TOKENS.filter(token => token.trim() !== '' && !read.has(token) && !/[;{}#]/.test(token)).slice(0, 40);
  const loaded = refused.filter(
    token => checkNginx(configuration(`server { return 200 ${token}\n; }`, ports.httpPort)).isFine,
  );
  expect(loaded).toEqual([]);
  expect(refused.length).toBeGreaterThan(20);
});
