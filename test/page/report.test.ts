import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import { runBin } from '../support/bin.ts';
import { launchChromium } from '../support/chromium.ts';
import type { Browser, Page } from '../support/chromium.ts';
import { HASHES } from '../support/credentials.ts';
import { ingress, rule, secret, service, slice, tlsSecret, yamlOf } from '../support/manifests.ts';
import { pageOf } from '../support/report-page.ts';

const PORTS = [{ name: 'http', number: 80, pod: 8080 }];
const MARKUP = `"><img src=x onerror=alert(1)></script><script>alert(2)</script>`;

const MANIFESTS = yamlOf([
  ...['web', 'next'].flatMap(name => [
    service(name, PORTS, { clusterIP: '10.0.0.7' }),
    slice(name, PORTS, { ready: ['web'] }),
  ]),
  tlsSecret('shop-tls', 'shop'),
  secret('users', { auth: HASHES.ines }),
  ingress({
    name: 'shop',
    host: 'shop.example.com',
    tls: [{ hosts: ['shop.example.com'], secretName: 'shop-tls' }],
    paths: [
      ['/', 'Prefix', 'web'],
      ['/cart', 'Prefix', 'web'],
      ['/gone', 'Exact', 'nobody'],
    ],
  }),
  ingress({
    name: 'staff',
    host: 'shop.example.com',
    annotations: {
      'auth-type': 'basic',
      'auth-secret': 'users',
      'whitelist-source-range': '10.0.0.0/8',
      'proxy-read-timeout': MARKUP,
    },
    paths: [['/staff', 'Prefix', 'web']],
  }),
  ingress({
    name: 'try',
    host: 'shop.example.com',
    annotations: { canary: 'true', 'canary-weight': '20', 'canary-by-header': 'X-Try' },
    paths: [['/cart', 'Prefix', 'next']],
  }),
  ingress({
    name: 'old',
    host: 'old.example.com',
    annotations: { 'permanent-redirect': 'https://shop.example.com/' },
    paths: [['/', 'Prefix', 'web']],
  }),
  ingress({
    name: 'plain',
    host: 'plain.example.com',
    annotations: { 'rewrite-target': '/$1', 'use-regex': 'true' },
    paths: [['/api/(.*)', 'ImplementationSpecific', 'web']],
  }),
]);

let folder = '';
let browser: Browser;
let page: Page;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ingress2nginx-page-'));
  writeFileSync(join(folder, 'shop.yaml'), MANIFESTS);
  await runBin(['report', '-o', 'report.html', 'shop.yaml'], '', folder);
  writeFileSync(join(folder, 'many.html'), pageOf(yamlOf(many(5_000))));
  writeFileSync(join(folder, 'none.html'), pageOf(''));
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

const DESKTOP = { width: 1360, height: 860 };

beforeEach(async () => {
  page = await browser.newPage();
  await page.look(DESKTOP);
});

afterEach(() => page.close());

/** 5,000 paths of 500 hosts. */
function many(count: number) {
  const hosts = Array.from({ length: count / 10 }, (_, host) =>
    ingress({
      name: `shop-${host}`,
      rules: [
        rule(
          `shop-${host}.example.com`,
          Array.from({ length: 10 }, (_, path) => [`/p${path}`, 'Exact', 'web'] as const),
        ),
      ],
    }),
  );
  return [service('web', PORTS, { clusterIP: '10.0.0.7' }), ...hosts];
}

function open(name: string): Promise<void> {
  return page.open(pathToFileURL(join(folder, name)).href);
}

const texts = (selector: string): Promise<unknown> =>
  page.evaluate(`[...document.querySelectorAll(${JSON.stringify(selector)})].map(each => each.textContent)`);

const click = (selector: string): Promise<unknown> =>
  page.evaluate(`document.querySelector(${JSON.stringify(selector)}).click()`);

const choose = (selector: string, value: string): Promise<unknown> =>
  page.evaluate(`(() => {
    const control = document.querySelector(${JSON.stringify(selector)});
    control.value = ${JSON.stringify(value)};
    control.dispatchEvent(new Event('input', { bubbles: true }));
  })()`);

const paths = (): Promise<unknown> => texts('.box.path .title');

/** For people to look at: in the folder that TEST_PICTURES names, if it does. */
async function keepPicture(name: string): Promise<void> {
  const pictures = process.env['TEST_PICTURES'];
  if (pictures !== undefined) writeFileSync(join(pictures, `${name}.png`), await page.screenshot());
}

const boxOf = (kind: string, title: string): string => `.box.${kind}[aria-label*=${JSON.stringify(title)}]`;

test('it opens without a complaint, and asks nobody for anything', async () => {
  await open('report.html');
  expect(await paths()).toEqual(expect.arrayContaining(['/cart', '/staff', '/gone', '/api/(.*)']));
  expect(await texts('h1')).toEqual(['Routes']);
  for (const tab of ['findings', 'settings', 'routes']) await click(`#tab-${tab}`);
  expect(page.complaints).toEqual([]);
});

test('text of a manifest is shown as text', async () => {
  await open('report.html');
  await click('#tab-findings');
  expect(await texts('.finding .message')).toContainEqual(expect.stringContaining('<img src=x onerror=alert(1)>'));
  expect(await page.evaluate('document.images.length + document.scripts.length')).toBe(2);
  expect(page.complaints).toEqual([]);
});

test('the policy of the page keeps out what somebody would bring in by hand', async () => {
  await open('report.html');
  const outcome = await page.evaluate(`(() => {
    try {
      document.body.innerHTML = '<b>x</b>';
      return 'taken';
    } catch (error) {
      return error.name;
    }
  })()`);
  expect(outcome).toBe('TypeError');
});

test('it can be searched and filtered', async () => {
  await open('report.html');
  await choose('#search', 'staff');
  expect(await paths()).toEqual(['/staff']);
  expect(await texts('.count')).toEqual(['1 of 6 paths']);
  await click('.result .action');
  await choose('#filter-policy', 'basicAuth');
  expect(await paths()).toEqual(['/staff']);
  await click('.result .action');
  await choose('#filter-answer', '503');
  expect(await paths()).toEqual(['/gone']);
  await click('.result .action');
  await click('#only-findings');
  expect(await paths()).toEqual(expect.arrayContaining(['/gone', '/staff']));
  await choose('#search', 'no such thing');
  expect(await paths()).toEqual([]);
  expect(await page.evaluate('document.querySelector(".empty").checkVisibility()')).toBe(true);
  await choose('#search', '');
  await click('#tab-findings');
  await click('#tab-routes');
  expect(await paths()).toContain('/gone');
});

test('a click shows policies with their values, who asked, findings and endpoints', async () => {
  await open('report.html');
  await click(boxOf('path', 'Path /staff'));
  const text = String(await page.evaluate('document.querySelector(".panel").innerText'));
  expect(text).toContain('basic auth');
  expect(text).toContain('10.0.0.0/8');
  expect(text).toMatch(/annotation auth-type of Ingress shop\/staff\s+shop\.yaml:\d+:\d+/);
  expect(text).toMatch(/I2N\d+/);
  await click(boxOf('service', 'Service shop/next:80'));
  expect(await texts('.panel h2')).toEqual(['shop/next:80']);
  expect(String(await page.evaluate('document.querySelector(".panel").innerText'))).toContain('20%');
});

test('a redirect says who asked for it, and is followed', async () => {
  await open('report.html');
  await click(boxOf('end', 'Redirected'));
  const asker = expect.stringMatching(/^annotation permanent-redirect of Ingress shop\/oldshop\.yaml:\d+:\d+$/);
  expect(await texts('.panel .goal .askers li')).toEqual([asker]);
  await choose('#ask-url', 'http://old.example.com/');
  await click('.ask [type=submit]');
  await click('.answer .link');
  expect(await texts('.panel h2')).toEqual(['GET https://shop.example.com/']);
  expect(await texts('.answer-title')).toEqual(['A backend answers']);
});

test('it is used by keyboard: Tab reaches all controls, arrows walk through the picture, Escape comes back', async () => {
  await open('report.html');
  const focused = (): Promise<unknown> =>
    page.evaluate('(({ activeElement: e }) => e.getAttribute("aria-label") ?? e.id ?? e.textContent)(document)');
  await page.press('Tab');
  expect(await page.evaluate('document.activeElement.className')).toBe('skip');
  const seen: unknown[] = [];
  for (let count = 0; count < 20; count += 1) {
    await page.press('Tab');
    seen.push(await focused());
  }
  const controls = [
    'theme',
    'Method',
    'ask-url',
    'tab-routes',
    'search',
    'filter-namespace',
    'filter-policy',
    'filter-tls',
    'filter-answer',
    'only-findings',
  ];
  expect(seen).toEqual(expect.arrayContaining(controls));
  await page.evaluate('document.querySelector(".box[tabindex=\'0\']").focus()');
  await page.press('ArrowRight');
  const path = await focused();
  expect(path).toMatch(/^Path /);
  await page.press('Enter');
  expect(await page.evaluate('document.activeElement.id')).toBe('panel-title');
  await page.press('Escape');
  expect(await focused()).toBe(path);
  expect(await page.evaluate('document.querySelectorAll(".box[tabindex=\'0\']").length')).toBe(1);
  await page.press('ArrowLeft');
  expect(await focused()).toMatch(/^Host /);
  await page.press('End');
  expect(await focused()).not.toMatch(/old\.example\.com/);
});

test('every control has a name, and every id is there once', async () => {
  await open('report.html');
  await click(boxOf('path', 'Path /staff'));
  const nameless = await page.evaluate(`[...document.querySelectorAll('button, input, select, textarea, a, summary')]
    .filter(each => !(each.getAttribute('aria-label') || each.textContent.trim() || each.labels?.length > 0))
    .map(each => each.outerHTML)`);
  expect(nameless).toEqual([]);
  const doubles = await page.evaluate(`(() => {
    const ids = [...document.querySelectorAll('[id]')].map(each => each.id);
    return ids.filter((id, index) => ids.indexOf(id) !== index);
  })()`);
  expect(doubles).toEqual([]);
});

/** The words of the command beside what is written into the box. */
const REQUESTS = [
  { url: 'https://shop.example.com/cart' },
  { url: 'https://shop.example.com/cart', headers: ['X-Try: always'] },
  { url: 'https://shop.example.com/staff/x?y=1', clientIp: '10.1.2.3', headers: ['Authorization: Basic eDp5'] },
  { url: 'https://shop.example.com/staff', clientIp: '192.0.2.1' },
  { url: 'http://shop.example.com/%2e%2e/cart//x' },
  { url: 'https://shop.example.com/gone' },
  { url: 'http://old.example.com/a b'.replace(' ', '%20') },
  { url: 'http://plain.example.com/api/v1/items?id=1' },
  { url: 'https://nobody.example.org/' },
] as const;

test('the box explains a request as the command does, word for word', async () => {
  await open('report.html');
  for (const request of REQUESTS) {
    const headers = 'headers' in request ? request.headers : [];
    const words = headers.flatMap(header => ['-H', header]);
    const address = 'clientIp' in request ? ['--client-ip', request.clientIp] : [];
    const run = await runBin(['explain', ...words, ...address, request.url, 'shop.yaml'], '', folder);
    await choose('#ask-headers', headers.join('\n'));
    await choose('#ask-ip', address[1] ?? '');
    await choose('#ask-url', request.url);
    await click('.ask [type=submit]');
    expect(await page.evaluate('document.getElementById("explain-text").textContent')).toBe(run.stdout);
  }
  expect(page.complaints).toEqual([]);
});

test('the box says what is wrong with a URL', async () => {
  await open('report.html');
  await choose('#ask-url', 'ftp://shop.example.com/');
  await click('.ask [type=submit]');
  expect(await texts('#ask-problem')).toEqual([expect.stringContaining('is neither http:// nor https://')]);
  expect(await page.evaluate('document.querySelector(".panel").hidden')).toBe(true);
});

const luminance = `(() => {
  const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number);
  return (r + g + b) / 3;
})()`;

test('it is light or dark as the system is, and as somebody chooses', async () => {
  await open('report.html');
  expect(await page.evaluate(luminance)).toBeGreaterThan(200);
  await page.look({ ...DESKTOP, scheme: 'dark' });
  expect(await page.evaluate(luminance)).toBeLessThan(60);
  await choose('#theme', 'light');
  expect(await page.evaluate(luminance)).toBeGreaterThan(200);
  await choose('#theme', 'auto');
});

test.each(['light', 'dark'] as const)('all texts have enough contrast: %s', async scheme => {
  await page.look({ ...DESKTOP, scheme });
  await open('report.html');
  await keepPicture(scheme);
  await click(boxOf('path', 'Path /staff'));
  await keepPicture(`${scheme}-details`);
  expect(await page.evaluate(FAINT)).toEqual([]);
  await choose('#ask-url', 'https://shop.example.com/gone');
  await click('.ask [type=submit]');
  await keepPicture(`${scheme}-explained`);
  expect(await page.evaluate(FAINT)).toEqual([]);
  await click('#tab-findings');
  expect(await page.evaluate(FAINT)).toEqual([]);
});

/** Texts that stand out less than WCAG's AA asks for. */
const FAINT = `(() => {
  const parse = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map(c => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const groundOf = element => {
    for (let at = element; at !== null; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if ((colour[3] ?? 1) > 0.99) return colour;
    }
    return [255, 255, 255];
  };
  const faint = [];
  for (const element of document.body.querySelectorAll('*')) {
    const isText = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim() !== '');
    if (!isText || !element.checkVisibility() || ['SCRIPT', 'NOSCRIPT', 'OPTION'].includes(element.tagName)) continue;
    if (element instanceof SVGElement) continue;
    const [one, other] = [light(parse(getComputedStyle(element).color)), light(groundOf(element))];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (contrast < 4.5) faint.push(element.className + ': ' + element.textContent.slice(0, 40) + ' ' + contrast.toFixed(2));
  }
  return faint;
})()`;

test('on a phone of 360 pixels nothing is wider than the window', async () => {
  await page.look({ width: 360, height: 780, isPhone: true });
  await open('report.html');
  const overflow = 'document.documentElement.scrollWidth - window.innerWidth';
  expect(await page.evaluate(overflow)).toBe(0);
  expect(await paths()).toEqual(expect.arrayContaining(['/cart']));
  await keepPicture('phone');
  await click(boxOf('path', 'Path /staff'));
  expect(await page.evaluate(overflow)).toBe(0);
  expect(await page.evaluate('document.querySelector(".panel").scrollWidth <= 360')).toBe(true);
  // What the panel covers cannot be reached by Tab.
  expect(await page.evaluate('document.querySelector("main").inert')).toBe(true);
  await click('.close');
  expect(await page.evaluate('document.querySelector("main").inert')).toBe(false);
  for (const tab of ['findings', 'settings']) {
    await click(`#tab-${tab}`);
    expect(await page.evaluate(overflow)).toBe(0);
  }
});

test('of 5,000 paths only those near the window are in the document, wherever it is scrolled to', async () => {
  await open('many.html');
  expect(await texts('.count')).toEqual(['5,000 paths']);
  expect(statSync(join(folder, 'many.html')).size).toBeLessThan(3_000_000);
  expect(statSync(join(folder, 'none.html')).size).toBeLessThan(300_000);
  const nodes = 'document.querySelectorAll("*").length';
  expect(await page.evaluate(nodes)).toBeLessThan(2_500);
  await page.evaluate(`new Promise(resolve => {
    addEventListener('scroll', () => requestAnimationFrame(resolve), { once: true });
    scrollTo(0, document.documentElement.scrollHeight);
  })`);
  expect(await page.evaluate(nodes)).toBeLessThan(2_500);
  expect(await texts('.box.host .title')).toContainEqual('shop-99.example.com');
  await choose('#search', 'shop-250.example.com /p3');
  expect(await paths()).toEqual(['/p3']);
  expect(page.complaints).toEqual([]);
});

test('without an Ingress it says so', async () => {
  await open('none.html');
  expect(await texts('.view:not([hidden]) .empty h2')).toEqual(['No routes']);
  expect(page.complaints).toEqual([]);
});
