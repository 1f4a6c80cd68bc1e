import type {
  ExpectedHeader,
  ExpectedService,
  ExpectedStatus,
  Expectation,
  Facts,
  LiveFacts,
} from '../answers/tests/model.ts';
import { AUTH_WORDS, STATUS_WORDS } from '../answers/tests/model.ts';
import type { Node } from '../config-file/nodes.ts';
import { isNothing, numberIn, shown, textIn } from '../config-file/scalars.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { listed } from '../diagnostics/words.ts';
import { itemsOf, readFields, readNumber, readText, readWord } from './fields.ts';
import type { Draft, FieldReaders, ReportProblem } from './fields.ts';
import { isToken } from './token.ts';

/** What is expected of an answer; something must be. */
export function readExpectation(node: Node, report: ReportProblem): Expectation {
  const found: Draft<Expectation> = {};
  const readers: FieldReaders = {
    ...factReaders(found, report),
    not(value) {
      const facts: Draft<Facts> = {};
      if (readFields(value, '"not"', factReaders(facts, report), report)) found.not = facts;
      refuseNothing(value, 'not', report);
    },
    live(value) {
      found.live = readLive(value, report);
      refuseNothing(value, 'live', report);
    },
  };
  readFields(node, '"expect"', readers, report);
  refuseNothing(node, 'expect', report);
  return found;
}

function refuseNothing(node: Node, name: string, report: ReportProblem): void {
  if (node.kind !== 'mapping' || node.entries.length > 0) return;
  report({ start: node.start, message: `"${name}" expects nothing`, help: 'such a test would always pass' });
}

function factReaders(found: Draft<Facts>, report: ReportProblem): FieldReaders {
  const text = (field: 'location' | 'uri' | 'host') => (value: Node) => {
    const read = readText(value, field, report);
    if (read !== undefined) found[field] = read;
  };
  return {
    status(value) {
      const status = readStatus(value, report);
      if (status !== undefined) found.status = status;
    },
    service(value) {
      const services = itemsOf(value).flatMap(item => readService(item, report) ?? []);
      if (services.length > 0) found.service = services;
      else if (value.kind === 'list' && value.items.length === 0)
        report({
          start: value.start,
          message: '"service" names none',
          help: 'use status to expect an answer of nginx',
        });
    },
    ingress(value) {
      const name = readText(value, 'ingress', report);
      if (name !== undefined && isObjectName(name, { start: value.start, name: 'ingress' }, report))
        found.ingress = name;
    },
    location: text('location'),
    uri: text('uri'),
    host: text('host'),
    headers: value => void (found.headers = readHeaders(value, 'headers', report)),
    responseHeaders: value => void (found.responseHeaders = readHeaders(value, 'responseHeaders', report)),
    auth(value) {
      const auth = readWord(value, { name: 'auth', words: AUTH_WORDS }, report);
      if (auth !== undefined) found.auth = auth;
    },
    tls(value) {
      const name = readText(value, 'tls', report);
      if (name !== undefined) found.tls = name;
    },
  };
}

function readLive(node: Node, report: ReportProblem): LiveFacts {
  const found: Draft<LiveFacts> = {};
  readFields(
    node,
    '"live"',
    {
      status(value) {
        const status = readNumber(value, { name: 'live.status', least: 100, most: 599 }, report);
        if (status !== undefined) found.status = status;
      },
      headers: value => void (found.headers = readHeaders(value, 'live.headers', report)),
      body(value) {
        const text = readText(value, 'live.body', report);
        if (text !== undefined) found.body = text;
      },
    },
    report,
  );
  return found;
}

function readStatus(node: Node, report: ReportProblem): ExpectedStatus | undefined {
  const number = Number(numberIn(node)?.text);
  if (Number.isInteger(number) && number >= 100 && number <= 599) return number;
  const text = node.kind === 'text' ? node.text : '';
  const word = STATUS_WORDS.find(each => each === text);
  if (word !== undefined) return word;
  const near = suggest(text, STATUS_WORDS);
  const all = `use a number from 100 to 599, ${listed(STATUS_WORDS, STATUS_WORDS.length).replace(' and ', ' or ')}`;
  const help = near === undefined ? all : `did you mean "${near}"?`;
  report({ start: node.start, message: `invalid value for "status": ${shown(node)}`, help });
  return undefined;
}

function readService(node: Node, report: ReportProblem): ExpectedService | undefined {
  if (node.kind !== 'mapping') {
    const service = readServiceName(node, report);
    return service === undefined ? undefined : { service };
  }
  const found: Draft<Partial<ExpectedService>> = {};
  readFields(
    node,
    '"service"',
    {
      name(value) {
        const name = readServiceName(value, report);
        if (name !== undefined) found.service = name;
      },
      percent(value) {
        const percent = readNumber(value, { name: 'percent', least: 0, most: 100 }, report);
        if (percent !== undefined) found.percent = percent;
      },
    },
    report,
  );
  const { service, percent } = found;
  if (service === undefined) {
    if (!node.entries.some(({ key }) => key.text === 'name'))
      report({
        start: node.start,
        message: '"service" has no "name"',
        help: 'write { name: shop/web:80, percent: 20 }',
      });
    return undefined;
  }
  return percent === undefined ? { service } : { service, percent };
}

const SERVICE = /^(?:[a-z\d.-]+\/)?[a-z\d.-]+(?::[a-z\d-]+)?$/;
const OBJECT = /^(?:[a-z\d.-]+\/)?[a-z\d.-]+$/;

function readServiceName(node: Node, report: ReportProblem): string | undefined {
  const text = readText(node, 'service', report);
  if (text === undefined || SERVICE.test(text)) return text;
  const help = 'use namespace/name:port; namespace and port may be left out';
  report({ start: node.start, message: `${JSON.stringify(text)} is no Service`, help });
  return undefined;
}

function isObjectName(
  text: string,
  { start, name }: { readonly start: number; readonly name: string },
  report: ReportProblem,
): boolean {
  if (OBJECT.test(text)) return true;
  report({
    start,
    message: `invalid value for "${name}": ${JSON.stringify(text)}`,
    help: 'use namespace/name, or name',
  });
  return false;
}

/** Nothing behind a name: there must be no such header. */
function readHeaders(node: Node, name: string, report: ReportProblem): readonly ExpectedHeader[] {
  if (node.kind !== 'mapping') {
    const help = `write ${name.replace(/^.*\./, '')}: { NAME: VALUE }`;
    report({ start: node.start, message: `"${name}" must be a mapping, got ${shown(node)}`, help });
    return [];
  }
  refuseNothing(node, name, report);
  return node.entries.flatMap(({ key, value }): readonly ExpectedHeader[] => {
    if (name === 'headers' && /^host$/i.test(key.text)) {
      report({ start: key.start, message: 'the header Host has a field of its own', help: 'use "host"' });
      return [];
    }
    if (!isToken(key.text)) {
      report({ start: key.start, message: `${JSON.stringify(key.text)} is no name of a header` });
      return [];
    }
    if (isNothing(value)) return [{ name: key.text, value: undefined }];
    const text = textIn(value);
    if (text !== undefined) return [{ name: key.text, value: text.text }];
    const help = value.kind === 'text' ? { help: `write it in quotes: "${value.text}"` } : {};
    report({ start: value.start, message: `"${name}.${key.text}" must be a text, got ${shown(value)}`, ...help });
    return [];
  });
}
