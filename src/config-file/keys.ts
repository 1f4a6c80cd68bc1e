/** A setting that a config file may have. */
export interface FileKey {
  /** In kebab case, as its flag. */
  readonly name: string;
  readonly takes: 'switch' | 'number' | 'text' | 'path' | 'texts' | 'rules';
  readonly summary: string;
  readonly choices?: readonly string[];
  /** Why a text is no value of it, in a sentence that says what is; undefined if it is one. */
  readonly problemOf: (text: string) => string | undefined;
}

/** A flag that a config file may not set, and why. */
export interface RefusedKey {
  readonly name: string;
  readonly because: string;
}

export interface KnownKeys {
  readonly keys: readonly FileKey[];
  readonly refused: readonly RefusedKey[];
}

/** What a rule may be set to. */
export const FILE_LEVELS = ['error', 'warning', 'note', 'info', 'off'] as const;

/** Keys that are no flags. */
export const OWN_KEYS = {
  $schema: 'the JSON Schema of the file, for editors',
  paths: 'what is read if the command line names no path: files, directories, globs',
  severities: 'severities of rules, by id or name',
} as const;
