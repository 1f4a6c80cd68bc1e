import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import { GIXY } from '../../scripts/gixy.mjs';

const FOLDER = fileURLToPath(new URL('../../fixtures/golden', import.meta.url));

interface Alarm {
  readonly plugin: string;
  readonly severity: string;
  readonly reason: string;
  readonly path: string;
  /** The lines that it is about, as gixy writes them. */
  readonly config: string;
}

/** Alarms that are wrong, and why. */
const WRONG: readonly { readonly plugin: string; readonly about: RegExp; readonly because: string }[] = [
  {
    plugin: 'http_splitting',
    about:
      /^map \$(?:request|sent)_headers \$request_[\s\S]*default \$http_\w+;\s*\}\s*proxy_set_header [\w-]+ \$request_\w+;/,
    because: 'the value is a text of ours, or a header of the request as nginx has parsed it: neither has a line end',
  },
  {
    plugin: 'return_bypasses_allow_deny',
    about: /rewrite \S+ https?:\S+ break;/,
    because: 'a rewrite to a URL is a redirect, which comes before the addresses in the controller, too',
  },
  {
    plugin: 'return_bypasses_allow_deny',
    about: /return 200 pong;/,
    because: 'the snippet says so: nginx answers before it looks at addresses, wherever the snippet has it',
  },
  {
    plugin: 'http_splitting',
    about: /^map \S+ \$snippet_in_a_line_\w+ \{\s*volatile;\s*~\[\\x00-\\x1f\\x7f\] "";/,
    because: 'a value with the end of a line is taken as empty',
  },
];

function isWrong({ plugin, config }: Alarm): boolean {
  return WRONG.some(wrong => wrong.plugin === plugin && wrong.about.test(config));
}

/** What gixy calls HIGH in some configurations. */
function alarmsIn(paths: readonly string[]): readonly Alarm[] {
  const { stdout, stderr } = spawnSync(GIXY, ['-f', 'json', '-lll', ...paths], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (stdout === '') throw new Error(stderr);
  const alarms: readonly Alarm[] = JSON.parse(stdout);
  return alarms;
}

const configurations = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('expected.conf'))
  .map(name => join(FOLDER, name));

test('gixy finds no serious mistake in any golden configuration', () => {
  const alarms = alarmsIn(configurations);
  const right = alarms.filter(alarm => alarm.severity === 'HIGH' && !isWrong(alarm));
  expect(right.map(({ plugin, reason, path, config }) => ({ plugin, reason, path, config }))).toEqual([]);
  // What is listed as wrong is still said.
  expect(WRONG.filter(({ plugin }) => !alarms.some(alarm => alarm.plugin === plugin))).toEqual([]);
});

test('gixy would find one', () => {
  const found = alarmsIn([join(FOLDER, '..', 'gixy', 'splitting.conf')]);
  expect(found.map(({ plugin }) => plugin)).toContain('http_splitting');
});
