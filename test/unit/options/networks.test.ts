import { expect, test } from 'vitest';

import { networks, networksOfOption } from '../../../src/options/networks.ts';

const HELP = 'write addresses such as "10.0.0.1" or networks such as "10.0.0.0/8", with commas between them';

test.each([
  { text: '10.0.0.1', value: ['10.0.0.1'] },
  { text: '10.0.0.0/8', value: ['10.0.0.0/8'] },
  { text: ' 192.168.0.0/16 ,\n10.0.0.0/8\t', value: ['10.0.0.0/8', '192.168.0.0/16'] },
  { text: '10.1.2.3/8,10.0.0.0/8', value: ['10.0.0.0/8'] },
  { text: '10.1.2.3/32,10.1.2.3', value: ['10.1.2.3'] },
  { text: '10.1.2.3/12', value: ['10.0.0.0/12'] },
  { text: '10.255.255.255/31', value: ['10.255.255.254/31'] },
  { text: '10.1.2.3/08', value: ['10.0.0.0/8'] },
  { text: '0.0.0.0/0', value: ['0.0.0.0/0'] },
  { text: '255.255.255.255/0', value: ['0.0.0.0/0'] },
  { text: '::/0', value: ['::/0'] },
  { text: '2001:DB8:0:0::1', value: ['2001:db8::1'] },
  { text: '2001:db8:ffff:ffff::/33', value: ['2001:db8:8000::/33'] },
  { text: '2001:db8::1/128', value: ['2001:db8::1'] },
  { text: '64:ff9b::10.0.0.1', value: ['64:ff9b::a00:1'] },
  { text: '::ffff:10.0.0.1', value: ['10.0.0.1'] },
  { text: '::ffff:10.1.2.3/104', value: ['10.0.0.0/8'] },
  { text: '::ffff:10.1.2.3/96', value: ['0.0.0.0/0'] },
  { text: '::ffff:10.1.2.3/95', value: ['::fffe:0:0/95'] },
])('"$text" is the list $value', ({ text, value }) => {
  expect(networks.parse(text)).toEqual({ ok: true, value });
});

test.each([
  { text: '10.0.0.0/8,,', problem: 'has an empty entry', help: 'remove the comma too many' },
  { text: ' ', problem: 'has an empty entry', help: 'remove the comma too many' },
  { text: '127.0.0.999', problem: 'has "127.0.0.999", which is no IP address or network', help: HELP },
  { text: '10.0.0.0/33', problem: 'has "10.0.0.0/33", which is no IP address or network', help: HELP },
  { text: '2001:db8::/129', problem: 'has "2001:db8::/129", which is no IP address or network', help: HELP },
  { text: '10.0.0.0/-1', problem: 'has "10.0.0.0/-1", which is no IP address or network', help: HELP },
  { text: '10.0.0.0/', problem: 'has "10.0.0.0/", which is no IP address or network', help: HELP },
  { text: '10.0.0.0/255.0.0.0', problem: 'has "10.0.0.0/255.0.0.0", which is no IP address or network', help: HELP },
  { text: '10.0.0.1-10.0.0.9', problem: 'has "10.0.0.1-10.0.0.9", which is no IP address or network', help: HELP },
  { text: '10.0.0.1:80', problem: 'has "10.0.0.1:80", which is no IP address or network', help: HELP },
  { text: '[::1]', problem: 'has "[::1]", which is no IP address or network', help: HELP },
  { text: 'fe80::1%eth0', problem: 'has "fe80::1%eth0", which is no IP address or network', help: HELP },
  { text: 'office.example.com', problem: 'has "office.example.com", which is no IP address or network', help: HELP },
  { text: 'all', problem: 'has "all", which is no IP address or network', help: HELP },
  { text: '10', problem: 'has "10", which is no IP address or network', help: HELP },
  {
    text: '10.0.0.0/8 192.168.0.0/16',
    problem: 'has "10.0.0.0/8 192.168.0.0/16", which is no IP address or network',
    help: 'write "10.0.0.0/8,192.168.0.0/16"',
  },
  {
    text: '010.0.0.1',
    problem: 'has "010.0.0.1", which is no IP address or network',
    help: 'write "10.0.0.1", without leading zeros',
  },
  {
    text: '10.0.0.0/8; allow all',
    problem: 'has "10.0.0.0/8; allow all", which is no IP address or network',
    help: HELP,
  },
])('"$text" is no list of networks', ({ text, problem, help }) => {
  expect(networks.parse(text)).toEqual({ ok: false, problem, help });
});

test.each([
  { text: '', value: [] },
  { text: ',10.0.0.0/8, ,', value: ['10.0.0.0/8'] },
])('empty entries of "$text" do not count in an option', ({ text, value }) => {
  expect(networksOfOption.parse(text)).toEqual({ ok: true, value });
});
