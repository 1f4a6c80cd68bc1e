/** How fast responses are sent to clients; 0 for as fast as they take them. */
export interface LimitRate {
  readonly kilobytesPerSecond: number;
  /** So much of each response is sent before that counts. */
  readonly afterKilobytes: number;
}
