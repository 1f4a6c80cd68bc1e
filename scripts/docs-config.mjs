// @ts-check

/** @typedef {typeof import('./docs-registries.mjs')} Registries */
/** @typedef {ReturnType<Registries['configKeys']>['keys'][number]} FileKey */

/** What the keys of a config file take, for people. */
const VALUES = /** @type {const} */ ({
  switch: '`true` or `false`',
  number: 'number',
  text: 'text',
  path: 'path',
  texts: 'list of texts',
  rules: 'list of rules',
});

/** The keys of a config file, in the order of the helps. */
export function keysPart(/** @type {Registries} */ { configKeys, markdownTable, OWN_KEYS }) {
  const own = /** @type {const} */ ([
    ['`paths`', 'list of texts', OWN_KEYS.paths],
    ['`severities`', 'mapping of rules to `error`, `warning`, `note` or `off`', OWN_KEYS.severities],
    ['`$schema`', 'text', OWN_KEYS.$schema],
  ]);
  const flags = configKeys().keys.map(({ name, takes, choices, summary }) => [
    `\`${name}\``,
    choices === undefined
      ? VALUES[takes]
      : `${takes === 'texts' ? 'list of ' : ''}${choices.map(choice => `\`${choice}\``).join(', ')}`,
    summary,
  ]);
  return markdownTable(['key', 'value', 'meaning'], [...own, ...flags]);
}

/** The flags that a config file may not set, by the reason. */
export function refusedPart(/** @type {Registries} */ { configKeys, markdownTable }) {
  /** @type {Map<string, string[]>} */
  const byReason = new Map();
  for (const { name, because } of configKeys().refused) {
    byReason.set(because, [...(byReason.get(because) ?? []), `\`${name}\``]);
  }
  return markdownTable(
    ['flags', 'why not'],
    [...byReason].map(([because, names]) => [names.join(', '), because]),
  );
}

const PATH = { type: 'string', pattern: '^(?![/~]|-$|\\s*$)' };
const RULE = { $ref: '#/definitions/rule' };

/** For editors. */
export function configSchema(/** @type {Registries} */ { configKeys, rules, FILE_LEVELS, OWN_KEYS }) {
  const keys = configKeys().keys.map(key => [key.name, { description: key.summary, ...valueSchema(key) }]);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'A config file of ingress2nginx',
    type: 'object',
    properties: {
      $schema: { description: OWN_KEYS.$schema, type: 'string' },
      paths: { description: OWN_KEYS.paths, type: 'array', items: PATH },
      severities: {
        description: OWN_KEYS.severities,
        type: 'object',
        propertyNames: RULE,
        additionalProperties: { enum: FILE_LEVELS },
      },
      ...Object.fromEntries(keys),
    },
    additionalProperties: false,
    definitions: { rule: { enum: rules.flatMap(({ id, name }) => [id, name]) } },
  };
}

function valueSchema(/** @type {FileKey} */ { takes, choices }) {
  const words = choices === undefined ? {} : { enum: choices };
  switch (takes) {
    case 'switch':
      return { type: 'boolean' };
    case 'number':
      return { type: 'number' };
    case 'text':
      return { type: 'string', ...words };
    case 'path':
      return PATH;
    case 'texts':
      return { type: 'array', items: { type: 'string', ...words } };
    case 'rules':
      return { type: 'array', items: RULE };
  }
}
