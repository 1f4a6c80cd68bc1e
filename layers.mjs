// @ts-check

/**
 * The folders of src/, lowest first. A folder may import itself and those above it in this list; what differs from that
 * stands in EXCEPTIONS. Read by oxlint.config.mjs.
 */
export const LAYERS = [
  'diagnostics',
  'input',
  'manifests',
  'resources',
  'cluster',
  'options',
  'controller-config',
  'annotations',
  'routing',
  'compile',
  'nginx',
  'lint',
  'answers',
  'output',
  'live',
  'report',
  'cli',
];

/**
 * Folders that may import less than their place in the list allows: either all but some (`not`), or some alone (`only`,
 * folders or files of src/).
 * @type {Readonly<Record<string, { not: readonly string[] } | { only: readonly string[] }>>}
 */
export const EXCEPTIONS = {
  // What is rendered and what is answered comes from the routing alone, else `explain` could not be held against nginx.
  nginx: { not: ['manifests', 'resources', 'cluster'] },
  answers: { not: ['manifests', 'resources', 'cluster'] },
  // Writing files knows nothing of how they were made.
  output: { only: ['diagnostics', 'nginx/file-set.ts'] },
  // Formats know findings and answers, and nothing of how they were found.
  report: { only: ['diagnostics', 'answers'] },
};

/**
 * What `folder` must not import, as patterns of import specifiers in the manner of .gitignore.
 * @param {string} folder
 * @returns {readonly string[]}
 */
export function forbiddenImports(folder) {
  const exception = EXCEPTIONS[folder];
  const position = LAYERS.indexOf(folder);
  const others = LAYERS.filter(other => other !== folder);
  if (exception !== undefined && 'only' in exception) {
    const { only } = exception;
    return [
      ...others.map(other => `**/${other}/**`),
      ...only.map(path => `!**/${path.includes('.') ? path : `${path}/**`}`),
    ];
  }
  const not = exception === undefined ? [] : exception.not;
  return others.filter(other => LAYERS.indexOf(other) > position || not.includes(other)).map(other => `**/${other}/**`);
}
