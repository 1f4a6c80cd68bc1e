/** Where clients are sent that ask for `/`. */
export interface AppRoot {
  /** Begins with `/`; `$name` is a variable of nginx, which it knows. */
  readonly path: string;
}
