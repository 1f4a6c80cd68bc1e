import type { PlainValue } from '../../json/value.ts';

/**
 * The API server as kubectl reaches it, with its credentials and its connection. Paths are those of the server
 * (`/apis/networking.k8s.io/v1/ingresses?limit=1`).
 */
export interface KubeApi {
  /** One request. Never throws for what a server or a network does. */
  request(request: ApiRequest): Promise<ApiAnswer>;
  /** Follows a response line by line until it ends; the last line is dropped when it is not complete. */
  stream(path: string, reader: StreamReader): Promise<StreamEnd>;
  /** Ends kubectl. */
  close(): Promise<void>;
}

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** Sent as JSON; a PATCH is a merge patch. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** Ends the request when nothing came for so long; 30 s unless said. */
  readonly timeoutMs?: number;
  /** Asks for the metadata of objects alone (`PartialObjectMetadata`); a server that cannot sends all of them. */
  readonly onlyMetadata?: boolean;
}

export type ApiAnswer =
  | { readonly kind: 'ok'; readonly value: PlainValue }
  /** The server's own no: 401, 403, 404, 409, 410, 422, 429, 500 … `message` is of its Status object. */
  | {
      readonly kind: 'refused';
      readonly code: number;
      readonly reason: string;
      readonly message: string;
      readonly retryAfterMs?: number;
    }
  /** Nobody answered: kubectl could not be run, the server is away, the answer was cut. */
  | { readonly kind: 'unreachable'; readonly problem: string };

/** What came in place of a value. */
export type NoAnswer = Exclude<ApiAnswer, { kind: 'ok' }>;

export interface StreamReader {
  readonly onOpen?: () => void;
  readonly onLine: (line: string) => void;
  /** Ends the stream. */
  readonly signal: AbortSignal;
  /** Ends the stream when no line came for so long. */
  readonly silenceMs: number;
  readonly onlyMetadata?: boolean;
}

export type StreamEnd =
  | { readonly kind: 'ended' }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'silent' }
  | NoAnswer;
