import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Ajv2020 } from 'ajv/dist/2020.js';
import { load } from 'js-yaml';

import type { SignedName } from '../credentials.ts';
import { addressesOf } from './addresses.ts';
import type { Addresses } from './addresses.ts';
import { bandOf } from './chance.ts';

/** A text, a pattern for it, or null where there must be none. */
export type Text = string | { readonly matches: string } | null;

export type Headers = Readonly<Record<string, Text | readonly Text[]>>;

/** How a Service or an endpoint answers. */
export interface Behaviour {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly hangs?: true;
  readonly closes?: true;
}

export interface Expected {
  readonly status?: number;
  readonly service?: string | null;
  readonly endpoint?: string;
  readonly asked?: readonly string[];
  readonly headers?: Headers;
  readonly seen?: {
    readonly url?: Text;
    readonly method?: string;
    readonly bodyBytes?: number;
    readonly headers?: Headers;
    readonly certificate?: string | null;
    readonly serverName?: string | null;
  };
  readonly shares?: Readonly<Record<string, number>>;
  readonly sameEndpoint?: true;
}

/** One entry of a requests.yaml; `requests.schema.json` says what each part means. */
export interface GoldenRequest {
  readonly name: string;
  readonly url: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: Readonly<Record<string, string>>;
  readonly user?: string;
  readonly bodyBytes?: number;
  readonly client?: string;
  readonly from?: string;
  readonly certificate?: SignedName;
  readonly serverName?: string;
  readonly repeat?: number;
  readonly backends?: Readonly<Record<string, Behaviour>>;
  readonly expect: Expected;
}

/** What Services or endpoints speak that speak no HTTP. */
export type Spoken = 'https' | 'grpc' | 'grpcs' | 'fastcgi';

export interface RequestsFile {
  readonly down?: readonly string[];
  readonly speaks?: Readonly<Record<string, Spoken>>;
  readonly requests: readonly GoldenRequest[];
}

const schema = JSON.parse(readFileSync(new URL('requests.schema.json', import.meta.url), 'utf8')) as object;
const ajv = new Ajv2020({ allErrors: true, formats: { regex: isRegex } });
const validate = ajv.compile<RequestsFile>(schema);

function isRegex(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

/** Names that no object of the input has: what is said of them would hold whatever happens. */
function unknownNames({ down = [], speaks = {}, requests }: RequestsFile, addresses: Addresses): readonly string[] {
  const known = new Set([...addresses.keys(), ...addresses.values()]);
  const used = requests.flatMap(({ backends = {}, expect: { service, endpoint, asked = [], shares = {} } }) => [
    ...Object.keys(backends),
    ...(service === undefined || service === null ? [] : [service]),
    ...(endpoint === undefined ? [] : [endpoint]),
    ...asked,
    ...Object.keys(shares),
  ]);
  return [...down, ...Object.keys(speaks), ...used]
    .filter(name => !known.has(name))
    .map(name => `${name} is not in input.yaml`);
}

function shareProblems({ name, repeat = 1, expect: { shares, sameEndpoint } }: GoldenRequest): readonly string[] {
  if (sameEndpoint && repeat === 1) return [`${name}: sameEndpoint needs repeat`];
  if (shares === undefined) return [];
  const sum = Object.values(shares).reduce((a, b) => a + b, 0);
  if (sum !== 100) return [`${name}: the shares are ${sum} percent together, not 100`];
  const isTold = ([, percent]: readonly [string, number]): boolean => {
    const { least, most } = bandOf(repeat, percent / 100);
    return percent === 0 || percent === 100 || (least > 0 && most < repeat);
  };
  const untold = Object.entries(shares).filter(row => !isTold(row));
  return untold.map(
    ([who, percent]) => `${name}: repeat is too small to tell ${percent} % for ${who} from nothing or all`,
  );
}

/** What is wrong with the content of a requests.yaml, for an input; nothing for a good one. */
export function requestProblems(content: unknown, input: string): readonly string[] {
  if (!validate(content)) {
    const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'oneOf' && keyword !== 'anyOf');
    return errors.map(
      ({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
    );
  }
  const names = content.requests.map(({ name }) => name);
  const twice = names.filter((name, index) => names.indexOf(name) !== index).map(name => `${name}: is there twice`);
  return [...twice, ...unknownNames(content, addressesOf(input)), ...content.requests.flatMap(shareProblems)];
}

export interface ReadRequests {
  readonly file: RequestsFile;
  readonly problems: readonly string[];
}

/** The requests.yaml of a golden folder; one with problems counts as empty. Undefined when there is none. */
export function readRequests(folder: string): ReadRequests | undefined {
  const path = join(folder, 'requests.yaml');
  if (!existsSync(path)) return undefined;
  const content = load(readFileSync(path, 'utf8'));
  const problems = requestProblems(content, readFileSync(join(folder, 'input.yaml'), 'utf8'));
  return { file: problems.length === 0 ? (content as RequestsFile) : { requests: [] }, problems };
}
