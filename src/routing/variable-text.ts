import { isStreamVariable, isUsualVariable } from './nginx-variables.ts';

/** Variables that the controller sets in each location, from the Ingress and the path. */
const OF_LOCATION = ['namespace', 'ingress_name', 'service_name', 'service_port', 'location_path'] as const;

/** Variables that the controller makes for all of nginx.conf; the last is one of its earlier versions. */
const OF_CONTROLLER = [
  ...OF_LOCATION,
  'req_id',
  'escaped_request_uri',
  'best_http_host',
  'pass_access_scheme',
  'pass_port',
  'pass_server_port',
  'connection_upgrade',
  'proxy_upstream_name',
  'proxy_alternative_upstream_name',
  'the_real_ip',
] as const;

export type ControllerVariable = (typeof OF_CONTROLLER)[number];

/**
 * A part of a text in which variables are replaced when a request is answered: text, a variable of nginx (without its
 * dollar), or one that the controller makes.
 */
export type TextPart =
  | { readonly text: string }
  | { readonly variable: string }
  | { readonly ofController: ControllerVariable };

/** `problem` continues the sentence `"…" `. */
export type ReadText =
  | { readonly ok: true; readonly parts: readonly TextPart[] }
  | { readonly ok: false; readonly problem: string };

const PART = /\$\{(?<braced>\w+)\}|\$(?<bare>\w*)|[^$]+/g;

/** Which variables there are in a place. */
export interface KnownVariables {
  /** Of nginx. */
  readonly isKnown: (name: string) => boolean;
  readonly ofController: readonly ControllerVariable[];
  /** Whether there is one for a literal dollar. */
  readonly hasDollar: boolean;
}

/** Of requests. */
export const IN_REQUESTS: KnownVariables = { isKnown: isUsualVariable, ofController: OF_CONTROLLER, hasDollar: true };
/** Of TCP and UDP. */
export const IN_STREAMS: KnownVariables = {
  isKnown: isStreamVariable,
  ofController: ['proxy_upstream_name'],
  hasDollar: false,
};

/**
 * Reads a text as nginx does where it replaces variables. One that nothing has, or a dollar without a name, is a problem:
 * nginx would not start. A literal dollar has the name that the controller gives it.
 */
export function readVariableText(text: string, known: KnownVariables = IN_REQUESTS): ReadText {
  const parts: TextPart[] = [];
  for (const [found, braced, bare] of text.matchAll(PART)) {
    const name = braced ?? bare;
    if (name === undefined) parts.push({ text: found });
    else if (name === '') return { ok: false, problem: 'has a $ without the name of a variable' };
    else if (name === 'literal_dollar' && known.hasDollar) parts.push({ text: '$' });
    else {
      const ofController = known.ofController.find(each => each === name.toLowerCase());
      if (ofController !== undefined) parts.push({ ofController });
      else if (known.isKnown(name)) parts.push({ variable: name });
      else return { ok: false, problem: `has ${found}, which is not a variable of nginx` };
    }
  }
  return { ok: true, parts };
}

/** Decoded text of clients, which may hold the end of a line. */
const DECODED: ReadonlySet<string> = new Set([
  'uri',
  'document_uri',
  'realpath_root',
  'remote_user',
  'request_body',
  'request_body_file',
  'request_filename',
  'ssl_client_cert',
  'ssl_client_raw_cert',
]);

/** The first variable in which clients could put further headers. */
export function decodedIn(parts: readonly TextPart[]): string | undefined {
  for (const part of parts) if ('variable' in part && DECODED.has(part.variable.toLowerCase())) return part.variable;
  return undefined;
}

/** Whether what a text says depends on the location. */
export function saysNames(parts: readonly TextPart[]): boolean {
  return parts.some(part => 'ofController' in part && isOfLocation(part.ofController));
}

export function isOfLocation(name: ControllerVariable): boolean {
  return OF_LOCATION.some(each => each === name);
}
