/** Asks whether a text is another one, whatever the case of ASCII letters, or whether a PCRE is found in it. */
export type TextTest =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'regex'; readonly regex: string; readonly isCaseSensitive: boolean };
