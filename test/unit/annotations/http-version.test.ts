import { expect, test } from 'vitest';

import { httpVersion } from '../../../src/annotations/http-version.ts';
import { linesOf } from '../../support/resources.ts';
import { runFamily, runOptions } from '../../support/annotations.ts';

const NAME = 'proxy-http-version';

test.each<{ name: string; text: string; option?: string; version: string | undefined; lines?: readonly string[] }>([
  { name: 'is what the annotation says', text: '1.0', version: '1.0' },
  { name: 'has white space around it', text: ' 1.0\n', version: '1.0' },
  { name: 'is that of all hosts, which needs no word', text: '1.1', version: undefined },
  { name: 'is that of all hosts without a text', text: '', option: '1.0', version: undefined },
  { name: 'may be newer than that of all hosts', text: '1.1', option: '1.0', version: '1.1' },
  {
    name: 'is that of all hosts with what is no version',
    text: '2',
    version: undefined,
    lines: [`invalid-annotation-value: ${NAME}: "2" is not one of 1.0, 1.1`],
  },
])('the version of a location $name', ({ text, option, version, lines = [] }) => {
  const world = option === undefined ? {} : { options: { [NAME]: option } };
  const { policy, denied, found } = runFamily(httpVersion, { [NAME]: text }, world);
  expect(policy?.version).toBe(version);
  expect(denied).toBeUndefined();
  expect(linesOf(found)).toEqual(lines);
});

test.each([
  { name: 'is 1.1', data: {}, version: '1.1', lines: [] },
  { name: 'is what the option says', data: { [NAME]: '1.0' }, version: '1.0', lines: [] },
  {
    name: 'is 1.1 with what is no version',
    data: { [NAME]: '1' },
    version: '1.1',
    lines: [`invalid-option-value: ${NAME}: "1" is not one of 1.0, 1.1`],
  },
])('the version of all hosts $name', ({ data, version, lines }) => {
  const { policy, found } = runOptions(httpVersion, data);
  expect(policy).toEqual({ version });
  expect(linesOf(found)).toEqual(lines);
});
