/** HTTP/2 with clients, where it is not as usual. */
export interface Http2 {
  readonly isOffered: boolean;
  /** How many streams a connection may have open at once. */
  readonly maxStreams: number;
}
