import type { Destination } from '../model.ts';
import type { TextPart } from '../variable-text.ts';

/** A copy of each request goes somewhere else, and nobody waits for what is answered. */
export interface Mirror {
  readonly to: Destination;
  /** Path and query of the copy. Without a variable, the query of the request follows. */
  readonly uri: readonly TextPart[];
  /** The Host header of the copy. */
  readonly host: readonly TextPart[];
  /** Where the copy is sent by TLS: the name of the server. */
  readonly tlsName: string | undefined;
  /** Whether the copy has the body of the request. */
  readonly hasBody: boolean;
}
