import type { XmlElement } from './xml.ts';

/** What a schema says of an element. */
export interface Shape {
  /** A pattern for the value of each attribute; those that end in `?` may be missing. */
  readonly attributes: Readonly<Record<string, RegExp>>;
  /** The names of the children, each behind a blank. */
  readonly children: RegExp;
  readonly hasText?: boolean;
}

/** What is wrong with an element and those in it, each as a sentence. */
export function faultsOf(element: XmlElement, shapes: Readonly<Record<string, Shape>>): readonly string[] {
  const { name, attributes, children, text } = element;
  const shape = shapes[name];
  if (shape === undefined) return [`<${name}> is no element`];
  const known = new Map(Object.entries(shape.attributes).map(([key, value]) => [key.replace('?', ''), { key, value }]));
  const faults = [
    ...[...known].flatMap(([key, { key: written, value }]) => {
      const given = attributes[key];
      if (given === undefined) return written.endsWith('?') ? [] : [`<${name}> lacks ${key}`];
      return value.test(given) ? [] : [`${key} of <${name}> is ${given}`];
    }),
    ...Object.keys(attributes).flatMap(key => (known.has(key) ? [] : [`<${name}> has no ${key}`])),
  ];
  const names = children.map(child => ` ${child.name}`).join('');
  if (!shape.children.test(names)) faults.push(`<${name}> contains${names}`);
  if (shape.hasText !== true && text !== '') faults.push(`<${name}> contains text`);
  return [...faults, ...children.flatMap(child => faultsOf(child, shapes))];
}

const ANY = /^/;
const NOTHING = /^$/;
const COUNT = /^\d+$/;
/** xs:decimal. */
const SECONDS = /^\d+(?:\.\d+)?$/;
const PROBLEM: Shape = { attributes: { 'message?': ANY, type: ANY }, children: NOTHING, hasText: true };

/**
 * JUnit reports: what the schema of Ant's task (windyroad/JUnit-Schema, JUnit.xsd) and the one of Jenkins
 * (jenkinsci/xunit-plugin, junit-10.xsd) both take.
 */
export const JUNIT: Readonly<Record<string, Shape>> = {
  testsuites: { attributes: {}, children: /^(?: testsuite)*$/ },
  testsuite: {
    attributes: {
      name: /\S/,
      package: ANY,
      id: COUNT,
      timestamp: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/,
      hostname: /\S/,
      tests: COUNT,
      failures: COUNT,
      errors: COUNT,
      'skipped?': COUNT,
      time: SECONDS,
    },
    children: /^ properties(?: testcase)* system-out system-err$/,
  },
  properties: { attributes: {}, children: /^(?: property)*$/ },
  property: { attributes: { name: /\S/, value: ANY }, children: NOTHING },
  testcase: {
    attributes: { name: ANY, classname: ANY, time: SECONDS },
    children: /^(?: skipped| error| failure)?$/,
  },
  skipped: { attributes: { 'message?': ANY }, children: NOTHING },
  failure: PROBLEM,
  error: PROBLEM,
  'system-out': { attributes: {}, children: NOTHING, hasText: true },
  'system-err': { attributes: {}, children: NOTHING, hasText: true },
};

/**
 * Reports of checkstyle, as it writes them and as others read them.
 * Source: checkstyle/checkstyle, XMLLogger.java and SeverityLevel.java.
 */
export const CHECKSTYLE: Readonly<Record<string, Shape>> = {
  checkstyle: { attributes: { version: /^\d+\.\d+/ }, children: /^(?: file)*$/ },
  file: { attributes: { name: /\S/ }, children: /^(?: error| exception)*$/ },
  error: {
    attributes: {
      line: /^[1-9]\d*$/,
      'column?': /^[1-9]\d*$/,
      severity: /^(?:ignore|info|warning|error)$/,
      message: /\S/,
      source: /^[\w.-]+$/,
    },
    children: NOTHING,
  },
};
