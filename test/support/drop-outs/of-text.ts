import type { Way } from './way.ts';

/** One that changes the text. The guarded object is the last one in it. */
function textWay(name: string, rule: string, edit: (text: string) => string): Way {
  return { name, rule, change: guarded => [guarded], edit };
}

/** The objects with their keys at the left edge. */
function blocksOf(text: string): readonly string[] {
  return text.split('---\n').map(json => {
    const value: object = JSON.parse(json);
    const lines = Object.entries(value).map(([key, each]) => `${key}: ${JSON.stringify(each)}\n`);
    return lines.join('');
  });
}

function joined(text: string, separator: string): string {
  const blocks = blocksOf(text);
  return [blocks.slice(0, -1).join('---\n'), ...blocks.slice(-1)].join(separator);
}

/** What is wrong with the text of an object, so that another one is read than was meant. */
export const OF_TEXT: readonly Way[] = [
  textWay('no "---" before it', 'missing-separator', text => joined(text, '')),
  textWay('a blank behind "---"', 'broken-yaml', text => joined(text, '--- ')),
  textWay('two dashes before it', 'broken-yaml', text => joined(text, '--\n')),
  textWay('equal signs before it', 'broken-yaml', text => joined(text, '======\n')),
  textWay(
    'metadata twice',
    'duplicate-key',
    text => `${joined(text, '---\n')}metadata: {"name":"guarded","namespace":"shop"}\n`,
  ),
  textWay('spec twice', 'duplicate-key', text => `${joined(text, '---\n')}spec: {"ingressClassName":"nginx"}\n`),
  textWay('an empty spec beside it', 'duplicate-key', text => `${joined(text, '---\n')}spec:\n`),
  textWay(
    'the kind of another object',
    'duplicate-key',
    text => `${joined(text, '---\n')}kind: Deployment\nspec: {"replicas":1}\n`,
  ),
];
