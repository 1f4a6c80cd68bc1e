/** The part of nunjucks that runs compiled templates; `@types/nunjucks` knows the whole package only. */
declare module 'nunjucks/browser/nunjucks-slim.js' {
  interface Template {
    render(view: object): string;
  }
  interface Environment {
    getTemplate(name: string): Template;
  }
  interface Options {
    readonly autoescape: false;
    readonly throwOnUndefined: true;
  }
  const nunjucks: {
    readonly PrecompiledLoader: new (templates: object) => object;
    readonly Environment: new (loader: object, options: Options) => Environment;
  };
  export default nunjucks;
}
