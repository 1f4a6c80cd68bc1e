import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { FileSet } from '../../src/nginx/file-set.ts';
import { ask } from '../support/client.ts';
import { parseNginx, walk } from '../support/nginx-parse.ts';
import { checkNginx, freePorts, startNginx } from '../support/nginx.ts';
import { runs } from './runs.ts';

function filesOf(conf: string): FileSet {
  const bytes = new TextEncoder().encode(conf);
  return { files: [{ path: 'nginx.conf', bytes, isSecret: false, from: [] }], folders: ['logs', 'run'] };
}

function confOf(port: number, body: string): string {
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(name => `${name}_temp_path run/${name};`);
  return `pid run/nginx.pid; error_log logs/error.log; events {}
http { access_log off; ${paths.join(' ')} types_hash_max_size 4096;
server { listen ${port};
${body}
} }\n`;
}

/** Bytes that a quoted word may hold; a dollar would start a variable. */
const QUOTED = [...Array.from("ab;{}#' \t\n/=~é"), '\\\\', '\\"', "\\'", '\\n', '\\t', '\\r', '\\d', '\\;', '\\{'];
/** The same for a word without quotes, after a harmless first letter. */
const BARE = [...Array.from('ab#/=~}é'), '"', "'", '\\\\', '\\"', '\\n', '\\d', '\\;', '\\{', '\\ '];

const word = fc.oneof(
  fc.array(fc.constantFrom(...QUOTED), { maxLength: 15 }).map(parts => `"${parts.join('')}"`),
  fc
    .array(fc.constantFrom(...QUOTED.filter(part => part !== "'"), '"'), { maxLength: 15 })
    .map(parts => `'${parts.join('')}'`),
  fc.array(fc.constantFrom(...BARE), { maxLength: 10 }).map(parts => `x${parts.join('')}`),
);

test('words mean to the parser what they mean to nginx', async () => {
  const words = fc.sample(word, runs(400));
  const [httpPort = 0] = await freePorts(1);
  const conf = confOf(httpPort, words.map((text, at) => `location = /${at} { return 200 ${text}; }`).join('\n'));
  const read = [...walk(parseNginx(conf))].filter(({ name }) => name === 'return').map(({ args }) => args[1]);
  const nginx = await startNginx(filesOf(conf), httpPort);
  try {
    const ports = { httpPort, httpsPort: 0 };
    const answers: string[] = [];
    for (const at of words.keys()) answers.push((await ask(ports, { host: 'x', path: `/${at}` })).text);
    expect(read).toEqual(answers);
  } finally {
    await nginx.stop();
  }
});

/** Texts that the lexer of nginx takes or refuses, in the place of directives of a server. */
const TEXTS = [
  { name: 'nothing', text: '', isFine: true },
  { name: 'a comment to the end', text: 'return 200; # }', isFine: true },
  { name: 'a comment sign within a word', text: 'return 200 a#b;', isFine: true },
  { name: 'a brace within quotes', text: 'return 200 "}";', isFine: true },
  { name: 'a line break within quotes', text: 'return 200 "a\nb";', isFine: true },
  { name: 'a variable in braces', text: 'return 200 ${host}x;', isFine: true },
  { name: 'no semicolon', text: 'return 200', isFine: false },
  { name: 'a semicolon too much', text: 'return 200;;', isFine: false },
  { name: 'a brace too much', text: 'return 200; }', isFine: false },
  { name: 'a brace that stays open', text: 'location /x { return 200;', isFine: false },
  { name: 'quotes that stay open', text: 'return 200 "x;', isFine: false },
  { name: 'a letter after quotes', text: 'return 200 "x"y;', isFine: false },
  { name: 'a block without a name', text: '{ return 200; }', isFine: false },
  { name: 'a word of 4094 bytes', text: `return 200 "${'x'.repeat(4094)}";`, isFine: true },
  { name: 'a word of 4095 bytes', text: `return 200 "${'x'.repeat(4095)}";`, isFine: false },
  { name: 'a bare word of 4095 bytes', text: `return 200 ${'x'.repeat(4095)};`, isFine: true },
  { name: 'a bare word of 4096 bytes', text: `return 200 ${'x'.repeat(4096)};`, isFine: false },
];

describe('the parser and nginx agree about', () => {
  test.each(TEXTS)('$name', async ({ text, isFine }) => {
    const [port = 0] = await freePorts(1);
    const conf = confOf(port, text);
    const read = () => parseNginx(conf);
    if (isFine) read();
    expect({ nginx: checkNginx(filesOf(conf)).isFine, parser: canRead(read) }).toEqual({
      nginx: isFine,
      parser: isFine,
    });
  });
});

function canRead(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false; // that is the answer
  }
}
