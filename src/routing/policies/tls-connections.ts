/** How TLS connections of clients go on, and how clients may resume them. */
export interface TlsConnections {
  /** Where nginx keeps them; missing: it keeps none. */
  readonly cache?: {
    /** As nginx reads it. */
    readonly size: string;
    /** The same. */
    readonly timeout: string;
  };
  /** Whether clients keep them, encrypted. */
  readonly hasTickets: boolean;
  /** The id of a file of the kind `ticket-key`; missing: nginx makes one at each start. */
  readonly ticketKey?: string;
  /** How much is sent in one record: a size as nginx reads it. */
  readonly bufferSize: string;
}
