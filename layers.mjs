// @ts-check

/**
 * The folders of src/, lowest first. A folder may import itself and those above it in this list; what differs from that
 * stands in EXCEPTIONS. Read by oxlint.config.mjs.
 */
export const LAYERS = [
  'json',
  'steps',
  'diagnostics',
  'input',
  'manifests',
  'resources',
  'cluster',
  'options',
  'routing',
  'annotations',
  'controller-config',
  'compile',
  'nginx',
  'lint',
  'answers',
  'output',
  'live',
  'jobs',
  'report',
  'cli',
];

/** What leads from texts to a routing. */
const READING = [
  'input',
  'manifests',
  'resources',
  'cluster',
  'options',
  'routing',
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
  lint: { also: ['output/rules'] },
  // What is rendered and what is answered comes from the routing alone, else `explain` could not be held against nginx.
  nginx: { not: ['manifests', 'resources', 'cluster'] },
  answers: { not: ['manifests', 'resources', 'cluster'] },
  // Writing files knows nothing of how they were made.
  output: { only: ['json', 'diagnostics', 'nginx/file-set.ts'] },
  // Formats know findings, answers and events, and nothing of how they came about.
  report: { only: ['diagnostics', 'answers', 'live/events.ts', 'jobs/counts.ts'] },
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

/** A pattern for a file of src/, or for all files of a folder. */
function inside(/** @type {string} */ path) {
  return path.includes('.') ? `**/${path}` : `**/${path}/**`;
}
