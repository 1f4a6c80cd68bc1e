export const FORMAT_VERSION = 1;

/** How a record names what a location compares, by signs that nginx has for it. */
export const SIGNS = { exact: '=', prefix: '^', regex: '~' } as const;

/** How rules say what their paths mean, by the numbers that a record has for it. */
export const PATH_TYPES = ['Exact', 'Prefix', 'ImplementationSpecific'] as const;
