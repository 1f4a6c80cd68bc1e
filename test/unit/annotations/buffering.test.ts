import { expect, test } from 'vitest';

import { buffering } from '../../../src/annotations/buffering.ts';
import type { Buffering } from '../../../src/routing/policies/buffering.ts';
import { linesOf } from '../../support/resources.ts';
import { runFamily, runOptions } from '../../support/annotations.ts';

type Given = Readonly<Record<string, string>>;
const size = 'proxy-buffer-size';
const number = 'proxy-buffers-number';
const busy = 'proxy-busy-buffers-size';
const file = 'proxy-max-temp-file-size';
const INVALID = 'invalid-annotation-value:';
const MISFIT = 'buffers-that-do-not-fit:';

test.each<{
  name: string;
  given: Given;
  options?: Given;
  asks: Partial<Buffering> | undefined;
  lines?: readonly string[];
}>([
  {
    name: 'is what the annotations say',
    given: {
      'proxy-buffering': 'on',
      'proxy-request-buffering': 'off',
      [size]: '128K',
      [number]: '+8',
      [busy]: '256k',
      [file]: '0',
    },
    asks: {
      readsAhead: true,
      holdsRequests: false,
      buffers: { count: 8, size: '128k' },
      busySize: '256k',
      fileSize: '0',
    },
  },
  {
    name: 'is that of all hosts where they say the same',
    given: {
      'proxy-buffering': ' off\n',
      'proxy-request-buffering': 'on',
      [size]: '4096',
      [number]: '4',
      [file]: '1048576k',
    },
    asks: undefined,
  },
  {
    name: 'is that of all hosts without texts',
    given: { 'proxy-buffering': '', [size]: '', [number]: '', [busy]: '' },
    options: { 'proxy-buffering': 'on' },
    asks: undefined,
  },
  {
    name: 'differs from that of all hosts alone',
    given: { 'proxy-buffering': 'off', [size]: '8k' },
    options: { 'proxy-buffering': 'on', [size]: '8k' },
    asks: { readsAhead: false },
  },
  {
    name: 'takes the number of all hosts to a size of its own',
    given: { [size]: '16k' },
    options: { [number]: '8' },
    asks: { buffers: { count: 8, size: '16k' } },
  },
  {
    name: 'is that of all hosts with what is no switch, no number and no size',
    given: {
      'proxy-buffering': 'true',
      'proxy-request-buffering': 'On',
      [number]: '8k',
      [size]: '8 kB',
      [file]: 'none',
    },
    asks: undefined,
    lines: [
      `${INVALID} proxy-buffering: "true" is not one of on, off`,
      `${INVALID} proxy-request-buffering: "On" is not "on": capitals and blanks count`,
      `${INVALID} ${size}: "8 kB" is not a size`,
      `${INVALID} ${number}: "8k" is not a whole number`,
      `${INVALID} ${file}: "none" is not a size`,
    ],
  },
  {
    name: 'is that of all hosts with sizes that only the controller takes',
    given: { [size]: '10b', [busy]: '1g', [file]: '1g' },
    options: { [size]: '8k', [file]: '0' },
    asks: { fileSize: '1024m' },
    lines: [
      `${INVALID} ${size}: "10b" is not a size`,
      `${INVALID} ${busy}: "1g" has a unit that nginx does not take here`,
      `${INVALID} ${file}: "1g" has a unit that nginx does not take here`,
    ],
  },
  {
    name: 'is that of all hosts with more than a machine has',
    given: { [size]: '9223372036854775807' },
    asks: undefined,
    lines: [`${INVALID} ${size}: "9223372036854775807" is more than a machine has`],
  },
  {
    name: 'has at least two buffers',
    given: { [number]: '1' },
    asks: undefined,
    lines: [`${INVALID} ${number}: "1" is not between 2 and 1000000`],
  },
  {
    name: 'has one busy buffer of two',
    given: { [number]: '2', [size]: '16k' },
    asks: { buffers: { count: 2, size: '16k' }, busySize: '16k' },
    lines: [`${MISFIT} ${number}: "2" does not fit 2 buffers of "16k": "16k" may be busy`],
  },
  {
    name: 'has two busy buffers of three without a word',
    given: { [number]: '3' },
    asks: { buffers: { count: 3, size: '4k' } },
  },
  {
    name: 'has at least one busy buffer',
    given: { [size]: '128k', [busy]: '64k' },
    asks: { buffers: { count: 4, size: '128k' }, busySize: '128k' },
    lines: [`${MISFIT} ${busy}: "64k" does not fit 4 buffers of "128k": "128k" may be busy`],
  },
  {
    name: 'has at least one buffer that is not busy',
    given: { [size]: '16k', [busy]: '64k' },
    asks: { buffers: { count: 4, size: '16k' }, busySize: '48k' },
    lines: [`${MISFIT} ${busy}: "64k" does not fit 4 buffers of "16k": "48k" may be busy`],
  },
  {
    name: 'fits what the options say of busy ones',
    given: { [size]: '128k' },
    options: { [busy]: '8k' },
    asks: { buffers: { count: 4, size: '128k' }, busySize: '128k' },
    lines: [`${MISFIT} ${busy}: "8k" does not fit 4 buffers of "128k": "128k" may be busy`],
  },
  {
    name: 'has room for a buffer in a file',
    given: { [size]: '16k', [file]: '8k' },
    asks: { buffers: { count: 4, size: '16k' }, fileSize: '16k' },
    lines: [`${MISFIT} ${file}: "8k" is less than a buffer of "16k", which a file has room for`],
  },
  {
    name: 'says nothing of options that do not fit',
    given: { 'proxy-buffering': 'on' },
    options: { [busy]: '1k' },
    asks: { readsAhead: true },
  },
])('the buffering of a location $name', ({ given, options = {}, asks, lines = [] }) => {
  const { policy, denied, found } = runFamily(buffering, given, { options });
  expect(policy).toEqual(asks);
  expect(denied).toBeUndefined();
  expect(linesOf(found).toSorted()).toEqual(lines.toSorted());
});

test.each<{ name: string; data: Given; asks: Partial<Buffering>; lines?: readonly string[] }>([
  {
    name: 'is that of the controller',
    data: {},
    asks: {
      readsAhead: false,
      holdsRequests: true,
      buffers: { count: 4, size: '4k' },
      busySize: undefined,
      fileSize: '1024m',
    },
  },
  {
    name: 'is what the options say',
    data: {
      'proxy-buffering': 'on',
      'proxy-request-buffering': 'off',
      [size]: '16K',
      [number]: '8',
      [busy]: '32k',
      [file]: '0',
    },
    asks: {
      readsAhead: true,
      holdsRequests: false,
      buffers: { count: 8, size: '16k' },
      busySize: '32k',
      fileSize: '0',
    },
  },
  { name: 'is none without a text', data: { [busy]: '' }, asks: { busySize: undefined } },
  {
    name: 'is the nearest that nginx takes',
    data: { [size]: '16k', [busy]: '8k', [file]: '1k' },
    asks: { busySize: '16k', fileSize: '16k' },
    lines: [
      `${MISFIT} ${busy}: "8k" does not fit 4 buffers of "16k": "16k" may be busy`,
      `${MISFIT} ${file}: "1k" is less than a buffer of "16k", which a file has room for`,
    ],
  },
])('the buffering of all hosts $name', ({ data, asks, lines = [] }) => {
  const { policy, found } = runOptions(buffering, data);
  expect(policy).toMatchObject(asks);
  expect(linesOf(found)).toEqual(lines);
  expect(found.every(({ at }) => at !== undefined)).toBe(true);
});
