/** The Connection header that backends get, also where a client asks for a WebSocket. */
export interface ConnectionHeader {
  readonly value: 'close' | 'keep-alive';
}
