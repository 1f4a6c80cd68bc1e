/** The part of nunjucks that reads templates, with the nodes of what ours may say; `@types/nunjucks` knows neither. */
declare module 'nunjucks/src/parser.js' {
  export type Node =
    | { readonly typename: 'Root' | 'NodeList' | 'Output'; readonly children: readonly Node[] }
    | { readonly typename: 'TemplateData' | 'Symbol' | 'Literal'; readonly value: string }
    | { readonly typename: 'LookupVal'; readonly target: Node; readonly val: Node }
    | { readonly typename: 'Not'; readonly target: Node }
    | { readonly typename: 'If'; readonly cond: Node; readonly body: Node; readonly else_: Node | null }
    | { readonly typename: 'For'; readonly name: Node; readonly arr: Node; readonly body: Node };
  const parser: {
    readonly parse: (
      text: string,
      extensions: readonly never[],
      options: { readonly trimBlocks: boolean; readonly lstripBlocks: boolean },
    ) => Node;
  };
  export default parser;
}
