import type { Weakness } from '../options/weak-value.ts';
import { openSnippet } from './rules/weak-snippets.ts';

interface Pattern {
  readonly pattern: RegExp;
  readonly isFor?: 'guarded';
  readonly says: string;
  readonly help: string;
}

const OF_CLIENT = String.raw`\$\{?(?:arg_\w+|cookie_\w+|http_(?!host\b)\w+)\}?`;

/** Directives with which a snippet opens more than its author thinks. `TEXT` stands for what was found. */
const PATTERNS: readonly Pattern[] = [
  {
    pattern: /(?:add_header|more_set_headers)\s+["']?Access-Control-Allow-Origin["':]*\s*["']?\$\{?http_origin\b/i,
    says: 'lets scripts of all sites read: TEXT allows whichever site asks',
    help: 'use enable-cors with cors-allow-origin, or look at $http_origin in an if',
  },
  {
    pattern: /\b(?:auth_basic|auth_request)\s+["']?off["']?\s*;/,
    isFor: 'guarded',
    says: 'undoes the guard of the Ingress: TEXT',
    help: 'remove the line, or the guard; to free one path, put it into a location',
  },
  {
    pattern: new RegExp(String.raw`\bproxy_pass\s+["']?(?:https?:\/\/)?${OF_CLIENT}`),
    says: 'lets clients choose where nginx sends their requests: TEXT',
    help: 'write the name of the backend',
  },
  {
    pattern: new RegExp(String.raw`\b(?:return\s+30\d|rewrite\s+\S+)\s+["']?(?:https?:\/\/)?${OF_CLIENT}`),
    says: 'lets links choose where people are sent: TEXT',
    help: 'write the host of the URL, and check what follows',
  },
  {
    pattern: /\bset_real_ip_from\s+(?:0\.0\.0\.0|::)\/0\s*;/,
    says: 'lets clients choose their own address: TEXT trusts everybody to name it',
    help: 'name your proxies',
  },
];

/** The directives of a snippet that hold for the Ingress as a whole, without comments. */
function outerText(text: string): string {
  const plain = text.replaceAll(/(^|[\s;{}])#[^\n]*/g, '$1');
  let depth = 0;
  let outer = '';
  for (const piece of plain.split(/([{}])/)) {
    if (piece === '{') depth += 1;
    else if (piece === '}') depth -= 1;
    else if (depth === 0) outer += piece;
  }
  return outer;
}

/** @param isGuarded an annotation asks for a password, or somebody else whether a client may come in */
export function weakSnippet(text: string, isGuarded: () => boolean): Weakness | undefined {
  // Most snippets have no word of these.
  if (!/Access-Control-Allow-Origin|auth_|\$\{?(?:arg|cookie|http)_|set_real_ip_from/i.test(text)) return undefined;
  const outer = outerText(text);
  for (const { pattern, isFor, says, help } of PATTERNS) {
    const found = pattern.exec(outer)?.[0].replaceAll(/\s+/g, ' ');
    if (found === undefined || (isFor === 'guarded' && !isGuarded())) continue;
    return { rule: openSnippet, says: says.replace('TEXT', () => `"${found}"`), help };
  }
  return undefined;
}
