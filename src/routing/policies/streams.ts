/** How TCP and UDP are handed on. Times are those of nginx. */
export interface Streams {
  /** How long neither side may say anything. */
  readonly idle: string;
  /** Whether another endpoint is tried if one cannot be reached. */
  readonly triesOthers: boolean;
  /** For how long, and how many at most, the first included; zero for no limit. */
  readonly triesFor: string;
  readonly tries: number;
  /** How many datagrams a client gets for one of its own. */
  readonly responses: number;
}
