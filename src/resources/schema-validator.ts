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

/** A validator of generated/validators.js. It reports all errors of a value, not only the first. */
export interface SchemaValidator {
  (value: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
}
