/** What a location does besides leading somewhere; each is what one annotation family gives. */
export type { Policies } from '../annotations/registry.ts';
