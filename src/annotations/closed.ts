/**
 * What a family says instead of a policy where it cannot be told whom to let in. `location`: all locations of the Ingress
 * answer 503. `host`: all locations of the hosts that it has rules
 * for answer 403, those of other Ingresses too. `dropped`: as
 * for `location`, where the controller drops the Ingress as a whole: it gives its hosts nothing, then.
 */
export interface Closed<A = unknown> {
  readonly closes: 'location' | 'host' | 'dropped';
  /** For comments; the finding is the business of who closes. */
  readonly reason: string;
  /** What is asked for nevertheless. */
  readonly asked?: A;
}

export function closed<A = never>(closes: Closed['closes'], reason: string, asked?: A): Closed<A> {
  return asked === undefined ? { closes, reason } : { closes, reason, asked };
}

export function isClosed(read: unknown): read is Closed {
  return typeof read === 'object' && read !== null && 'closes' in read;
}
