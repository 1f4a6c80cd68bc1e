import { expect, test } from 'vitest';

import { compileUnits } from '../../../src/jobs/compile-units.ts';
import { askNginx } from '../../../src/jobs/lint-nginx.ts';
import type { NginxOpinion } from '../../../src/jobs/lint-nginx.ts';
import { lineOfSnippet } from '../../../src/jobs/snippet-line.ts';
import type { NginxVerdict } from '../../../src/live/local-nginx/nginx-test.ts';
import type { FileSet } from '../../../src/nginx/file-set.ts';
import { confOf } from '../../../src/nginx/file-set.ts';
import { readUnit } from '../../../src/resources/unit.ts';
import { SETTINGS } from '../../support/compiled.ts';
import { ingress, service, yamlOf } from '../../support/manifests.ts';

const WEB = service('web', [{ number: 80, pod: 8080 }], { clusterIP: '10.0.0.7' });

/** An nginx that ends, as the real one, with the first line that it does not like. */
function verdictOf(files: FileSet, dislikes: RegExp): NginxVerdict {
  const line = confOf(files)
    .split('\n')
    .findIndex(text => dislikes.test(text));
  if (line === -1) return { kind: 'accepted', stderr: 'nginx: [warn] could be better in nginx.conf:1\n' };
  return { kind: 'refused', stderr: `nginx: [emerg] bad path in nginx.conf:${line + 1}\n` };
}

interface Asked {
  readonly opinion: NginxOpinion;
  readonly questions: number;
}

/** Asks about so many Ingresses, each with a host and a path of its own. */
async function ask(count: number, verdict: (files: FileSet) => NginxVerdict): Promise<Asked> {
  const names = Array.from({ length: count }, (_, index) => `n${index}`);
  const ingresses = names.map(name =>
    ingress({ name, host: `${name}.example.com`, paths: [[`/${name}`, 'Prefix', 'web']] }),
  );
  const unit = readUnit({ name: 'shop.yaml', text: yamlOf([WEB, ...ingresses]) });
  let questions = 0;
  const opinion = await askNginx({
    loaded: compileUnits({ units: [unit], files: 1 }, SETTINGS),
    version: undefined,
    signal: new AbortController().signal,
    ask: async files => {
      questions += 1;
      return Promise.resolve(verdict(files));
    },
  });
  return { opinion, questions };
}

function messages({ opinion }: Asked): readonly string[] {
  if (opinion.kind !== 'told') throw new Error(opinion.kind);
  return opinion.diagnostics.map(({ severity, rule, message }) => `${severity} ${rule.name}: ${message}`);
}

test('all that nginx refuses is found, in one question more than there are culprits', async () => {
  const asked = await ask(300, files => verdictOf(files, /location \/n(?:7|70|170)\/ \{ proxy_pass/));
  expect(messages(asked).toSorted()).toEqual([
    'error nginx-refuses: nginx rejects this: bad path (Ingress shop/n170)',
    'error nginx-refuses: nginx rejects this: bad path (Ingress shop/n7)',
    'error nginx-refuses: nginx rejects this: bad path (Ingress shop/n70)',
    'warning nginx-warns: nginx warns: could be better',
  ]);
  expect(asked.questions).toBe(4);
});

test('warnings of an nginx that reads it are told', async () => {
  const asked = await ask(2, files => verdictOf(files, /nothing of the kind/));
  expect(messages(asked)).toEqual(['warning nginx-warns: nginx warns: could be better']);
  expect(asked.questions).toBe(1);
});

test('what no Ingress is behind is told without a place', async () => {
  const asked = await ask(2, files => verdictOf(files, /^http \{/));
  expect(messages(asked)).toEqual(['error nginx-refuses: nginx rejects this: bad path']);
});

test.each<{ readonly name: string; readonly verdict: NginxVerdict; readonly problem: string }>([
  {
    name: 'there is no nginx',
    verdict: { kind: 'failed', problem: 'nginx is not installed' },
    problem: 'nginx is not installed',
  },
  {
    name: 'the machine is at fault',
    verdict: { kind: 'refused', stderr: 'nginx: [emerg] module "/x.so" is not binary compatible\n' },
    problem: 'nginx says: module "/x.so" is not binary compatible',
  },
])('no finding where $name', async ({ verdict, problem }) => {
  expect((await ask(1, () => verdict)).opinion).toEqual({ kind: 'failed', problem });
});

const AT = { document: 'shop.yaml#0', path: ['metadata', 'annotations', 'x/server-snippet'] };
const SNIPPET = 'client_max_body_size   3m;\n\nclient_max_body_size 4m;\nset $a $b;\nset $a $c;\n';

test.each([
  { name: 'the line that nginx names', text: 'is duplicate', line: 'client_max_body_size 3m;', is: 1 },
  { name: 'the line with a variable that nginx does not know', text: 'unknown "c" variable', line: undefined, is: 5 },
  { name: 'no line where two could be meant', text: 'unknown "a" variable', line: undefined, is: undefined },
  { name: 'no line where nginx names none', text: 'is odd', line: undefined, is: undefined },
  { name: 'no line where nginx names one of ours', text: 'is odd', line: 'proxy_pass http://x;', is: undefined },
])('a snippet: $name', ({ text, line, is }) => {
  expect(lineOfSnippet(AT, SNIPPET, { text, line }).line).toBe(is);
});
