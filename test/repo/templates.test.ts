import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from 'vitest';

const TEMPLATES = fileURLToPath(new URL('../../templates', import.meta.url));

/** `a` or `a.b.c`: a name in the view, and nothing that computes. */
const NAME = String.raw`[a-zA-Z_]\w*(\.[a-zA-Z_]\w*)*`;

/** All that a template may say; nunjucks knows much more. */
const PLAIN = [
  new RegExp(`^\\{\\{ ${NAME} \\}\\}$`),
  new RegExp(`^\\{% (if|elif) (not )?${NAME} %\\}$`),
  new RegExp(`^\\{% for [a-zA-Z_]\\w* in ${NAME} %\\}$`),
  /^\{% (else|endif|endfor) %\}$/,
  /^\{% include "[\w/.-]+\.conf" %\}$/,
];

/** The tags of a template that think. A tag that is not closed is one of them. */
function tagsThatThink(text: string): readonly string[] {
  const tags = text.match(/\{[{%#](?:[\s\S]*?[}%#]\}|[\s\S]*$)/g) ?? [];
  return tags.filter(tag => !PLAIN.some(pattern => pattern.test(tag)));
}

describe('a template shows nginx and never thinks', async () => {
  const entries = await readdir(TEMPLATES, { recursive: true });
  const names = entries.filter(name => name.endsWith('.conf'));

  test('there are templates', () => {
    expect(names).toContain('nginx.conf');
  });

  test.each(names)('%s', async name => {
    expect(tagsThatThink(await readFile(join(TEMPLATES, name), 'utf8'))).toEqual([]);
  });

  // A dot matches what ends a header line, and many scanners of configurations look for no more than that.
  test.each(names)('%s takes no line end into a variable', async name => {
    const groups = (await readFile(join(TEMPLATES, name), 'utf8')).matchAll(/\(\?<\w+>(.*?)\)/g);
    expect([...groups].flatMap(([, group]) => group ?? []).filter(group => /^\.|[^\\]\./.test(group))).toEqual([]);
  });

  test('nothing but templates lies in the folder', async () => {
    const files = await readdir(TEMPLATES, { recursive: true, withFileTypes: true });
    expect(files.filter(file => file.isFile() && !file.name.endsWith('.conf'))).toEqual([]);
  });
});

test.each([
  { name: 'a filter', text: '{{ host | upper }}' },
  { name: 'a comparison', text: '{% if code == 200 %}' },
  { name: 'a connective', text: '{% if a and b %}' },
  { name: 'an assignment', text: '{% set a = 1 %}' },
  { name: 'arithmetic', text: '{{ port + 1 }}' },
  { name: 'a call', text: '{{ quote(host) }}' },
  { name: 'a text of its own', text: '{{ "listen" }}' },
  { name: 'an index', text: '{{ hosts[0] }}' },
  { name: 'a macro', text: '{% macro block(a) %}' },
  { name: 'a comment, which leaves an empty line', text: '{# note #}' },
  { name: 'trimmed space', text: '{%- if a %}' },
  { name: 'a tag that is not closed', text: 'listen {{ port' },
])('a template with $name is caught', ({ text }) => {
  expect(tagsThatThink(`server {\n${text}\n}\n`)).toHaveLength(1);
});

test('plain tags are let through', () => {
  const text = '{% for server in servers %}{% if not server.tls %}{{ server.name }}{% else %}{% endif %}{% endfor %}';
  expect(tagsThatThink(`${text}{% include "policies/rewrite.conf" %}`)).toEqual([]);
});
