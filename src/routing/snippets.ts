/**
 * Directives that somebody wrote for nginx, read and checked: what each of them does, and none of its text. Where one is
 * left as it was written (`other`), its words are known at least.
 */
export type Statement =
  | ReturnStatement
  | RewriteStatement
  | SetStatement
  | { readonly kind: 'break' }
  | IfStatement
  | LocationStatement
  | LimitExceptStatement
  | AccessStatement
  | ResponseHeader
  | RequestHeader
  | SettingStatement
  | AuthVariable
  | OtherStatement;

/** A text in which nginx puts the values of variables and of groups. */
export type Template = readonly TemplatePart[];

export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | VariablePart
  | { readonly kind: 'group'; readonly number: number };

/**
 * A variable, without `$`, in lower case: one that nginx has, one that the controller sets in its locations, or one that
 * a snippet sets.
 */
export interface VariablePart {
  readonly kind: 'variable';
  readonly of: 'nginx' | 'controller' | 'snippet';
  readonly name: string;
  /** Its value may hold the end of a line, so that it must not stand in a header as it is. */
  readonly isRaw?: true;
}

export interface ReturnStatement {
  readonly kind: 'return';
  readonly code: number;
  /** The URL of a redirect, else the body, in which line ends and tabs may be. */
  readonly text?: Template;
  readonly isRedirect: boolean;
}

export interface RewriteStatement {
  readonly kind: 'rewrite';
  /** A PCRE without names of groups. */
  readonly pattern: string;
  readonly to: Template;
  readonly flag?: 'last' | 'break' | 'redirect' | 'permanent';
  /** Whether clients are sent to it. */
  readonly isRedirect: boolean;
}

export interface SetStatement {
  readonly kind: 'set';
  readonly variable: VariablePart;
  readonly to: Template;
}

export type Condition =
  /** Neither empty nor `0`. */
  | { readonly kind: 'holds'; readonly variable: VariablePart }
  | { readonly kind: 'equals'; readonly variable: VariablePart; readonly to: Template; readonly isNegated: boolean }
  | {
      readonly kind: 'matches';
      readonly variable: VariablePart;
      /** A PCRE without names of groups. */
      readonly regex: string;
      readonly isCaseless: boolean;
      readonly isNegated: boolean;
    };

export interface IfStatement {
  readonly kind: 'if';
  readonly condition: Condition;
  readonly body: readonly Statement[];
}

export interface LocationStatement {
  readonly kind: 'location';
  readonly match: '' | '=' | '^~' | '~' | '~*';
  /** Begins with `/`, or is a PCRE without names of groups. */
  readonly path: string;
  readonly body: readonly Statement[];
}

export interface LimitExceptStatement {
  readonly kind: 'limit-except';
  /** In upper case. */
  readonly methods: readonly string[];
  readonly rules: readonly AccessStatement[];
}

export interface AccessStatement {
  readonly kind: 'access';
  readonly isAllowed: boolean;
  /** An IP address, a network, or `all`. */
  readonly network: string;
}

/** `add`: beside what the backend sends; `put`: in its place; `hide`: what the backend sends is kept back. */
export interface ResponseHeader {
  readonly kind: 'response-header';
  readonly how: 'add' | 'put' | 'hide';
  readonly name: string;
  /** Empty of `hide`. */
  readonly value: Template;
  /** The statuses with which it is sent, missing for all. */
  readonly statuses?: readonly number[];
  /** By `proxy_hide_header`, which stands in no `if`. */
  readonly isOfProxy?: true;
}

/** A header of the request to the backend; an empty one is not sent. */
export interface RequestHeader {
  readonly kind: 'request-header';
  readonly name: string;
  readonly value: Template;
  /** Only where the client sends one of this name. */
  readonly ifSent?: true;
}

export interface SettingStatement {
  readonly kind: 'setting';
  readonly name: 'access_log' | 'log_not_found' | 'server_tokens' | 'default_type';
  readonly value: string;
}

/** A variable that is set when an auth service has answered. */
export interface AuthVariable {
  readonly kind: 'auth-variable';
  readonly variable: VariablePart;
  readonly to: Template;
}

/** What stands outside of the language: the words of a directive as nginx reads them, each quoted anew. */
export interface OtherStatement {
  readonly kind: 'other';
  readonly words: readonly string[];
  /** Of a block. */
  readonly body?: readonly OtherStatement[];
  /** Where it was written, for a comment; missing within a block. */
  readonly source?: string;
}
