import type { SchemaName } from '../../generated/accepts.js';

/** What a compiled schema says of a value; the parameters are set in scripts/build-schemas.mjs. */
export interface SchemaError {
  /** JSON pointer to the value. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: {
    /** The message that the schema wants, see complaints.ts. */
    readonly says?: string | null;
    /** A key of the value, when the key itself is wrong. */
    readonly key?: string;
    readonly missing?: string;
    readonly unknown?: string;
    /** The fields that there are, separated by blanks. */
    readonly known?: string;
    readonly type?: string | readonly string[];
    readonly allowedValues?: readonly (string | null)[];
    readonly limit?: number;
  };
}

/** A validator of generated/validators.cjs. It finds all errors of a value, not only the first. */
interface Validator {
  (value: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
}

/** All that is wrong with a value that `accepts` refuses. */
export function schemaErrors(name: SchemaName, value: unknown): readonly SchemaError[] {
  // The only `require`: most runs need none of this, which takes as long to load as all that leads up to it, and those
  // that do are in the middle of a step.
  const validators: Readonly<Record<SchemaName, Validator>> = require('../../generated/validators.cjs');
  const validator = validators[name];
  return validator(value) ? [] : (validator.errors ?? []);
}
