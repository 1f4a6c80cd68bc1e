// @ts-check
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { build } from 'esbuild';

const POLICY = [
  "default-src 'none'",
  "script-src '%SCRIPT_HASH%'",
  "style-src '%STYLE_HASH%'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** Browsers take hashes of what stands between two tags, blanks included. */
const HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="ingress2nginx">
<title>Routes</title>
<style>%STYLE%</style>
</head>
<body>
<a class="skip" href="#main">Skip to the routes</a>
<div id="page"><noscript>A script of this page draws the picture: please allow scripts.</noscript></div>
<script type="application/json" id="data">%DATA%</script>
<script>%SCRIPT%</script>
</body>
</html>
`;

/**
 * Makes `generated/report-page.js` of src/page/: the page of `report` in two parts, with script and style in it, between
 * which the data stands. The policy of the page names the hashes of both, so that nothing else can run.
 */
export async function buildPage(/** @type {string} */ root) {
  const [script, style] = await Promise.all([bundled(root, 'main.ts'), bundled(root, 'style.css')]);
  const [before = '', after = ''] = filled(HTML, {
    SCRIPT_HASH: hashOf(script),
    STYLE_HASH: hashOf(style),
    STYLE: style,
    SCRIPT: script,
  }).split('%DATA%');
  await mkdir(join(root, 'generated'), { recursive: true });
  const code = `export const before = ${JSON.stringify(before)};\nexport const after = ${JSON.stringify(after)};\n`;
  await writeFile(join(root, 'generated', 'report-page.js'), code);
  await writeFile(
    join(root, 'generated', 'report-page.d.ts'),
    '/** What stands before and after the data. */\nexport declare const before: string;\nexport declare const after: string;\n',
  );
}

/** What browsers of the last years run. */
async function bundled(/** @type {string} */ root, /** @type {string} */ name) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [join('src/page', name)],
    bundle: true,
    format: 'iife',
    // Texts of the command, which a browser shows without its colours.
    alias: { '#supports-color': './node_modules/chalk/source/vendor/supports-color/browser.js' },
    platform: 'browser',
    target: ['chrome109', 'firefox115', 'safari16.4'],
    minify: true,
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'warning',
    write: false,
    outdir: 'generated',
  });
  const text = outputFiles[0]?.text.trim() ?? '';
  // It would end the element that it stands in.
  if (/<\/(script|style)|<!--/i.test(text)) throw new Error(`src/page/${name} has text that HTML would obey`);
  return text;
}

function hashOf(/** @type {string} */ text) {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function filled(/** @type {string} */ html, /** @type {Readonly<Record<string, string>>} */ values) {
  return html.replaceAll(/%([A-Z_]+)%/g, (all, name) => values[name] ?? all);
}
