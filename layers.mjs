// @ts-check

/**
 * The folders of src/, lowest first. A folder may import itself and those above it in this list; what differs from that
 * stands in EXCEPTIONS. A folder whose folders stand below it here is the files that these share. Read by
 * oxlint.config.mjs.
 */
export const LAYERS = [
  'json',
  'pem',
  'steps',
  'diagnostics',
  'input',
  'manifests',
  'fixes',
  'config-file',
  'resources',
  'cluster',
  'options',
  'routing',
  'snippets',
  'annotations',
  'controller-config',
  'compile',
  'nginx',
  'lint',
  'findings',
  'answers',
  'test-file',
  'output',
  'live',
  'live/git',
  'live/local-nginx',
  'live/apply',
  'live/sync',
  'live/files',
  'live/kubectl',
  'live/forward',
  'live/publish',
  'jobs',
  'report',
  'page',
  'cli',
];

/** What leads from texts to a routing. */
const READING = [
  'input',
  'manifests',
  'fixes',
  'resources',
  'cluster',
  'options',
  'routing',
  'snippets',
  'annotations',
  'controller-config',
  'compile/compile.ts',
  'lint',
];

/** What makes files of it, and an nginx that serves them. */
const WORK = ['nginx/render.ts', 'output/write.ts', 'live/apply/applier.ts', 'live/sync/loop.ts'];

/**
 * Folders that may import less than their place in the list allows: either all but some (`not`), or some alone (`only`,
 * folders or files of src/). Or more: files of upper folders (`also`).
 * @type {Readonly<Record<string, { not: readonly string[] } | { only: readonly string[] } | { also: readonly string[] }>>}
 */
export const EXCEPTIONS = {
  // The list of all rules needs those of every stage.
  lint: { also: ['findings/rules', 'output/rules'] },
  // What is rendered and what is answered comes from the routing alone, else `explain` could not be held against nginx.
  nginx: { not: ['manifests', 'resources', 'cluster', 'snippets'] },
  answers: { not: ['manifests', 'resources', 'cluster'] },
  // Writing files knows nothing of how they were made.
  output: { only: ['json', 'diagnostics', 'nginx/file-set.ts'] },
  // What changes, when it is applied, and who serves it: jobs/ puts them together, and none of them knows another.
  'live/sync': { not: ['live/local-nginx', 'live/apply'] },
  'live/files': { not: ['live/local-nginx', 'live/apply', 'live/sync'] },
  'live/kubectl': { not: ['live/local-nginx', 'live/apply', 'live/sync', 'live/files'] },
  'live/forward': { not: ['live/local-nginx', 'live/apply', 'live/sync', 'live/files'] },
  'live/publish': { not: ['live/local-nginx', 'live/apply', 'live/sync', 'live/files', 'live/forward'] },
  // Formats know findings, answers and events, and nothing of how they came about.
  report: { only: ['json/packed.ts', 'diagnostics', 'findings', 'answers', 'live/events.ts', 'jobs/counts.ts'] },
  // A browser runs it, beside nothing but the data: what it imports is in the page.
  page: {
    only: [
      'json',
      'diagnostics',
      'routing',
      'answers',
      'report/rule-page.ts',
      'report/explain-text.ts',
      'report/explain-cause.ts',
    ],
  },
  // The face asks for jobs, whoever else does so gets the same: no work is done there.
  cli: { not: [...READING, ...WORK] },
};

/**
 * What `folder` must not import, as patterns of import specifiers in the manner of .gitignore.
 * @param {string} folder
 * @returns {readonly string[]}
 */
export function forbiddenImports(folder) {
  const exception = EXCEPTIONS[folder] ?? { not: [] };
  const others = LAYERS.filter(other => other !== folder);
  const upper = others.filter(other => LAYERS.indexOf(other) > LAYERS.indexOf(folder));
  if ('only' in exception) return [...others.map(inside), ...exception.only.map(path => `!${inside(path)}`)];
  if ('also' in exception) return [...upper.map(inside), ...exception.also.map(path => `!${inside(path)}`)];
  return [...upper, ...exception.not].map(inside);
}

/**
 * The files of a layer, as a pattern.
 * @param {string} folder
 */
export function filesOf(folder) {
  const hasLayers = LAYERS.some(other => other.startsWith(`${folder}/`));
  return hasLayers ? `src/${folder}/*.ts` : `src/${folder}/**/*.ts`;
}

/**
 * A pattern for a file of src/, or for all files of a folder. Folders of one folder import each other without its name
 * (`../kubectl/api.ts`), so that the last name alone must tell a layer.
 */
function inside(/** @type {string} */ path) {
  if (path.includes('.')) return `**/${path}`;
  return LAYERS.includes(path) ? `**/${path.slice(path.lastIndexOf('/') + 1)}/**` : `**/${path}/**`;
}
