import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';

import nunjucks from 'nunjucks';
import { describe, expect, test } from 'vitest';

import { compileTemplate } from '../../scripts/compile-template.mjs';

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

/** What the function that a template is compiled to gives. */
function run(text: string, view: object): unknown {
  const present = (value: unknown, name: string): unknown => {
    if (value === undefined || value === null) throw new Error(`no ${name}`);
    return value;
  };
  return runInNewContext(`(${compileTemplate(text)})(view)`, { present, view });
}

describe('a compiled template says what nunjucks would', () => {
  const options = { autoescape: false, throwOnUndefined: true, trimBlocks: true, lstripBlocks: true };
  const environment = new nunjucks.Environment([], options);
  const view = { on: true, off: false, missing: undefined, text: 'a $b `c` \\ "d"\n', zero: 0, empty: [], server: {} };
  const lists = {
    names: ['a', 'b'],
    servers: [
      { name: 'x', ports: [1, 2] },
      { name: 'y', ports: [] },
    ],
  };

  test.each([
    { name: 'text alone', text: 'server {\n    listen 80;  # `${a}` \\ "b"\n}\n' },
    { name: 'a value', text: 'a {{ text }} b {{ zero }}\n' },
    { name: 'an if', text: '{% if on %}\n  on\n{% endif %}\n{% if off %}\n  off\n{% endif %}\n' },
    { name: 'an if in a line', text: 'listen{% if on %} ssl{% endif %}{% if not on %} plain{% endif %};\n' },
    { name: 'tags with space before them', text: 'a\n    {% if on %}\n    b\n\t{% endif %}\nc\n' },
    { name: 'an else', text: '{% if off %}a{% else %}b{% endif %}{% if on %}c{% else %}d{% endif %}' },
    { name: 'an elif', text: '{% if off %}a{% elif missing %}b{% elif on %}c{% else %}d{% endif %}' },
    { name: 'what is no list, or of no length', text: '{% if empty.length %}a{% endif %}{% if empty %}b{% endif %}' },
    {
      name: 'a field that is not there, asked for',
      text: '{% if server.name %}a{% endif %}{% if other %}b{% endif %}',
    },
    {
      name: 'a list',
      text: '{% for name in names %}\n    {{ name }};\n{% endfor %}\n{% for name in empty %}{{ name }}{% endfor %}',
    },
    {
      name: 'a list in a list',
      text: '{% for server in servers %}{{ server.name }}{% for port in server.ports %} {{ port }}{% endfor %}{% endfor %}',
    },
    { name: 'a name that a loop hides', text: '{% for text in names %}{{ text }}{% endfor %}{{ text }}' },
  ])('$name', ({ text }) => {
    expect(run(text, { ...view, ...lists })).toBe(environment.renderString(text, { ...view, ...lists }));
  });
});

test.each([
  { name: 'a value that is missing', text: '{{ port }}', fault: 'no port' },
  {
    name: 'a field that is missing',
    text: '{% for server in servers %}{{ server.name }}{% endfor %}',
    fault: 'no server.name',
  },
  { name: 'a filter', text: '{{ servers | length }}', fault: 'not Filter' },
  { name: 'a comparison', text: '{% if servers == 1 %}{% endif %}', fault: 'not Compare' },
  { name: 'an assignment', text: '{% set port = 1 %}', fault: 'not Set' },
  { name: 'an index', text: '{{ servers[0] }}', fault: 'not a name' },
])('$name throws', ({ text, fault }) => {
  expect(() => run(text, { servers: [{}] })).toThrow(fault);
});
