/** The part of nunjucks that runs compiled templates; `@types/nunjucks` knows the whole package only. */
declare module 'nunjucks/browser/nunjucks-slim.js' {
  class PrecompiledLoader {
    constructor(templates: object);
  }
  class Environment {
    constructor(loader: PrecompiledLoader, options: { readonly autoescape: false; readonly throwOnUndefined: true });
    render(name: string, view: object): string;
  }
  const nunjucks: { readonly Environment: typeof Environment; readonly PrecompiledLoader: typeof PrecompiledLoader };
  export default nunjucks;
}
