import { urlOf } from '../answers/explain/asked-url.ts';
import type { AskedRequest } from '../answers/explain/model.ts';
import type { Expectation, RouteTest } from '../answers/tests/model.ts';
import type { Node, Problem, TextNode } from '../config-file/nodes.ts';
import { readNodes } from '../config-file/nodes.ts';
import { shown, textIn } from '../config-file/scalars.ts';
import { readExpectation } from './expectation.ts';
import { readFields, readSwitch, readText } from './fields.ts';
import type { Draft, ReportProblem } from './fields.ts';
import { readRequest } from './request.ts';

/** What a file of tests asks for. */
export interface TestFile {
  /** As they are written: from the folder of the file. */
  readonly manifests: readonly TextNode[];
  readonly tests: readonly WrittenTest[];
  /** In their order. Nothing of the file counts where there is one. */
  readonly problems: readonly Problem[];
}

export interface WrittenTest extends RouteTest {
  /** Where it begins, as an offset in the text. */
  readonly start: number;
}

/** Reads the text of a file of tests; everything that is wrong with it is found at once. */
export function readTestFile(text: string): TestFile {
  const problems: Problem[] = [];
  const report: ReportProblem = problem => void problems.push(problem);
  const root = readNodes(text, report);
  let manifests: readonly TextNode[] = [];
  let tests: readonly WrittenTest[] | undefined;
  if (root !== undefined) {
    readFields(
      root,
      'the file',
      {
        $schema: value => void readText(value, '$schema', report),
        manifests: value => void (manifests = readManifests(value, report)),
        tests: value => void (tests = readTests(value, report)),
      },
      report,
    );
  }
  if (tests === undefined && problems.length === 0)
    report({ start: root?.start ?? 0, message: 'the file has no tests', help: 'write tests: and a list of them' });
  return { manifests, tests: tests ?? [], problems: problems.toSorted((a, b) => a.start - b.start) };
}

function readManifests(node: Node, report: ReportProblem): readonly TextNode[] {
  if (node.kind !== 'list') {
    const help = node.kind === 'text' && node.text !== '' ? { help: `write [${node.text}]` } : {};
    report({ start: node.start, message: `"manifests" must be a list of paths, got ${shown(node)}`, ...help });
    return [];
  }
  return node.items.flatMap(item => {
    readText(item, 'manifests', report);
    return textIn(item) ?? [];
  });
}

function readTests(node: Node, report: ReportProblem): readonly WrittenTest[] {
  if (node.kind !== 'list') {
    report({ start: node.start, message: `"tests" must be a list, got ${shown(node)}` });
    return [];
  }
  if (node.items.length === 0) report({ start: node.start, message: 'the list of tests is empty' });
  return node.items.flatMap(item => readTest(item, report) ?? []);
}

interface TestParts {
  readonly name?: string;
  readonly request?: AskedRequest;
  readonly follows?: boolean;
  readonly expected?: Expectation;
}

function readTest(node: Node, report: ReportProblem): WrittenTest | undefined {
  const found: Draft<TestParts> = {};
  const missing = new Set(['request', 'expect']);
  const isMapping = readFields(
    node,
    'a test',
    {
      name(value) {
        const name = readText(value, 'name', report);
        if (name !== undefined) found.name = name;
      },
      request(value) {
        missing.delete('request');
        const request = readRequest(value, report);
        if (request !== undefined) found.request = request;
      },
      follow(value) {
        const follows = readSwitch(value, 'follow', report);
        if (follows !== undefined) found.follows = follows;
      },
      expect(value) {
        missing.delete('expect');
        found.expected = readExpectation(value, report);
      },
    },
    report,
  );
  if (!isMapping) return undefined;
  for (const field of missing) report({ start: node.start, message: `a test without "${field}"` });
  const { request, expected = {}, follows = false } = found;
  if (request === undefined) return undefined;
  return { name: found.name ?? requestLine(request), request, follows, expected, start: node.start };
}

/** `GET https://shop.example/cart` */
export function requestLine(request: AskedRequest): string {
  return `${request.method} ${urlOf(request)}`;
}
