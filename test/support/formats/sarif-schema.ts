/** An object that has all of `needs`, may have the others, and nothing else. */
function object(needs: Readonly<Record<string, object>>, others: Readonly<Record<string, object>> = {}): object {
  return {
    type: 'object',
    additionalProperties: false,
    required: Object.keys(needs),
    properties: { ...needs, ...others },
  };
}

const list = (items: object): object => ({ type: 'array', items });
const set = (items: object): object => ({ type: 'array', items, uniqueItems: true });
const text = { type: 'string' };
const uri = { type: 'string', format: 'uri' };
const number = { type: 'integer', minimum: 1 };
const level = { enum: ['none', 'note', 'warning', 'error'] };

/** 3.11: a message. 3.12: a message in more than one form. */
const message = object({ text });
const multiform = object({ text }, { markdown: text });

/** 3.4.3: a reference, percent-encoded; 3.4.4. */
const artifactLocation = object({ uri: { type: 'string', format: 'uri-reference' } }, { uriBaseId: text });

/** 3.30: lines and columns count from 1; the end column is exclusive. */
const region = object({ startLine: number, startColumn: number }, { endLine: number, endColumn: number });
const physicalLocation = object({ artifactLocation, region });

/** 3.33.7 has the usual values of `kind`. */
const logicalLocation = object({ name: text, fullyQualifiedName: text, kind: { const: 'resource' } });

/** 3.28. */
const location = object(
  { physicalLocation },
  { id: { type: 'integer', minimum: 0 }, message, logicalLocations: list(logicalLocation) },
);

/** 3.35, 3.55 to 3.57. */
const suppression = object({ kind: { enum: ['inSource', 'external'] } }, { justification: text });
const replacement = object({ deletedRegion: region }, { insertedContent: object({ text }) });
const fix = object(
  {
    artifactChanges: {
      ...list(object({ artifactLocation, replacements: { ...list(replacement), minItems: 1 } })),
      minItems: 1,
    },
  },
  { description: message },
);

/** 3.49: a rule. */
const reportingDescriptor = object(
  { id: text },
  {
    name: text,
    shortDescription: multiform,
    fullDescription: multiform,
    help: multiform,
    helpUri: uri,
    defaultConfiguration: object({ level }),
    properties: { type: 'object', properties: { tags: set(text) } },
  },
);

/** 3.27. */
const result = object(
  { ruleId: text, ruleIndex: { type: 'integer', minimum: 0 }, level, message, locations: set(location) },
  {
    relatedLocations: set(location),
    partialFingerprints: { type: 'object', additionalProperties: text },
    fixes: set(fix),
    suppressions: set(suppression),
  },
);

/** 3.14. */
const run = object({
  tool: object({
    driver: object({ name: text, version: text, informationUri: uri, rules: set(reportingDescriptor) }),
  }),
  columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
  originalUriBaseIds: { type: 'object', additionalProperties: object({ description: message }) },
  invocations: list(object({ executionSuccessful: { type: 'boolean' } })),
  results: list(result),
});

/**
 * What we write of SARIF 2.1.0, as the standard of OASIS and its schema have it; the numbers are those of its sections.
 * It takes nothing that the schema of OASIS does not take, and refuses what is not known here.
 */
export const SARIF = object({ $schema: uri, version: { const: '2.1.0' }, runs: { ...list(run), minItems: 1 } });
