/** Kinds of which a cluster has many, and a configuration needs few: only what is looked up has to be known. */
export const WANTED_KINDS = ['Secret', 'ConfigMap'] as const;

export type WantedKind = (typeof WANTED_KINDS)[number];

/** What was looked up of each kind, there or not (`namespace/name`). */
export type Wanted = Readonly<Record<WantedKind, ReadonlySet<string>>>;
