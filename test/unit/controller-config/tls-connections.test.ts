import { describe, expect, test } from 'vitest';

import { tlsConnections } from '../../../src/controller-config/tls-connections.ts';
import { runOptions } from '../../support/annotations.ts';
import { linesOf } from '../../support/resources.ts';

const KEY = Buffer.alloc(48, 'k').toString('base64');
const LONG_KEY = Buffer.alloc(80, 'k').toString('base64');
const USUAL = { cache: { size: '10m', timeout: '10m' }, hasTickets: false, bufferSize: '4k' };

function run(data: Readonly<Record<string, string>>) {
  const { policy, files, found } = runOptions(tlsConnections, data);
  return { policy, files, found, lines: linesOf(found) };
}

describe('TLS connections', () => {
  test.each([
    { name: 'are as usual without options', data: {}, policy: USUAL },
    {
      name: 'are resumed from a larger memory, and longer',
      data: { 'ssl-session-cache-size': '1M', 'ssl-session-timeout': '1h30m' },
      policy: { ...USUAL, cache: { size: '1m', timeout: '1h30m' } },
    },
    {
      name: 'are not resumed from memory',
      data: { 'ssl-session-cache': 'false' },
      policy: { hasTickets: false, bufferSize: '4k' },
    },
    {
      name: 'are resumed with tickets',
      data: { 'ssl-session-tickets': 'true' },
      policy: { ...USUAL, hasTickets: true },
    },
    { name: 'have longer records', data: { 'ssl-buffer-size': '16k' }, policy: { ...USUAL, bufferSize: '16k' } },
  ])('$name', ({ data, policy }) => expect(run(data)).toMatchObject({ policy, files: [], lines: [] }));

  test.each([
    { option: 'ssl-session-cache-size', text: '16k', problem: 'is too small' },
    { option: 'ssl-session-cache-size', text: '1g', problem: 'has a unit that nginx does not take here' },
    { option: 'ssl-session-timeout', text: '500ms', problem: 'is not a time that nginx understands' },
    { option: 'ssl-session-timeout', text: '', problem: 'is not a time that nginx understands' },
    { option: 'ssl-session-timeout', text: '100y', problem: 'is longer than nginx can count' },
    { option: 'ssl-buffer-size', text: '0', problem: 'is too small' },
  ])('are as usual with $option: "$text"', ({ option, text, problem }) => {
    const { policy, lines } = run({ [option]: text });
    expect(policy).toEqual(USUAL);
    expect(lines).toEqual([`invalid-option-value: ${option}: "${text}" ${problem}`]);
  });
});

describe('the key of tickets', () => {
  test.each([KEY, LONG_KEY, ` ${KEY}\n`])('lies in a file of its own: %#', text => {
    const { policy, files, lines } = run({ 'ssl-session-ticket-key': text });
    expect(policy?.ticketKey).toBe('ingress-nginx_options_tickets');
    expect(files).toMatchObject([{ kind: 'ticket-key', content: text.trim() }]);
    expect(JSON.stringify(policy)).not.toContain(KEY.slice(0, 16));
    expect(lines).toEqual([]);
  });

  test.each(['c2VjcmV0', 'sEcReT!', `${KEY}A`, Buffer.alloc(64, 's').toString('base64')])(
    'is one of nginx for what is none, of which nothing is shown: %#',
    text => {
      const { policy, files, found, lines } = run({ 'ssl-session-ticket-key': text });
      expect(policy).toEqual(USUAL);
      expect(files).toEqual([]);
      const problem = 'the text is not 48 or 80 bytes in base64: nginx makes a key of its own';
      expect(lines).toEqual([`unusable-ticket-key: ssl-session-ticket-key: ${problem}`]);
      expect(JSON.stringify(found)).not.toContain(text);
    },
  );
});
