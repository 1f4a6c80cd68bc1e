/** What is read at once of the response of a gRPC backend. */
export interface GrpcBuffer {
  readonly kilobytes: number;
}
