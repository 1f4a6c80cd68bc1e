import type { Quoted } from './quote.ts';

/** What a template may be given: text only where it has been quoted. */
export type View = { readonly [name: string]: ViewValue };

type ViewValue = Quoted | number | boolean | undefined | View | readonly ViewValue[];
