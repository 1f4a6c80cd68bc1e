/**
 * Where a text stands in a location, in the order in which nginx must read them. Those of one phase stand in the order
 * of the table of renderers. A location that answers by itself does so after `https`.
 *
 * - `holdsAtReturn`: it counts in locations that answer by `return`, too.
 * - `isInherited`: it holds only directives that locations inherit, so that what all locations of a server have in
 *   common can stand in the server instead.
 * - `runsInServer`: it holds only `set`, `if … return` and what locations inherit, without groups of the path: where all
 *   locations of a server say the same, nginx may read it before it has chosen the location.
 */
export const ORDER = [
  {
    phase: 'always',
    holdsAtReturn: true,
    isInherited: true,
    runsInServer: false,
    because: 'nginx looks at these as soon as it has chosen the location, before it runs anything of it',
  },
  {
    phase: 'begin',
    holdsAtReturn: true,
    isInherited: false,
    runsInServer: true,
    because: 'variables that are set here are there for whatever answers',
  },
  {
    phase: 'preflight',
    holdsAtReturn: true,
    isInherited: false,
    runsInServer: true,
    because: 'browsers follow no redirect of a preflight',
  },
  {
    phase: 'snippet',
    holdsAtReturn: true,
    isInherited: false,
    runsInServer: false,
    because: 'nginx runs what somebody wrote for it before the redirects of annotations and of the controller',
  },
  {
    phase: 'redirect',
    holdsAtReturn: true,
    isInherited: false,
    runsInServer: false,
    because: 'who is sent elsewhere is sent there at once, and not to HTTPS first',
  },
  {
    phase: 'https',
    holdsAtReturn: true,
    isInherited: false,
    runsInServer: false,
    because: 'nothing else is answered over plain HTTP',
  },
  {
    phase: 'guard',
    holdsAtReturn: false,
    isInherited: false,
    runsInServer: true,
    because: 'as for access; but locations inherit these',
  },
  {
    phase: 'access',
    holdsAtReturn: false,
    isInherited: false,
    runsInServer: false,
    because: 'a return answers before anybody is asked for a password or counted',
  },
  {
    phase: 'resumed',
    holdsAtReturn: false,
    isInherited: false,
    runsInServer: false,
    because: 'what may end with break would keep nginx from the redirect to HTTPS',
  },
  {
    phase: 'rewrite',
    holdsAtReturn: false,
    isInherited: false,
    runsInServer: false,
    because: 'nginx reads no further set or if after a rewrite with break',
  },
  {
    phase: 'content',
    holdsAtReturn: false,
    isInherited: true,
    runsInServer: false,
    because: 'these say how the backend is asked, by what all of the above has left of the request',
  },
] as const;

export type Phase = (typeof ORDER)[number]['phase'];

export type PhaseRules = (typeof ORDER)[number];

/** What asks who sends a request: it counts wherever nginx would look for an answer, and not where a `return` gives one. */
export const GUARDS: ReadonlySet<Phase> = new Set(['guard', 'access']);
