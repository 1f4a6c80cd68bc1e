import { scriptedRefusal } from './status.ts';
import type { Refusal } from './status.ts';

/** Answers of the server that are not its own. */
export interface ScriptedAnswer {
  /** Any method when absent. */
  readonly method?: string;
  /** Tried on path and query, as in `/apis/networking.k8s.io/v1/ingresses?watch=1`. */
  readonly path: RegExp;
  /** The code of a Status object, or a body as it is with code 200. */
  readonly status?: number;
  readonly body?: string;
  readonly retryAfterSeconds?: number;
  /** How often; until it is taken back when absent. */
  readonly times?: number;
}

export type Scripted = { readonly refusal: Refusal } | { readonly body: string };

export function createAnswers() {
  const answers = new Set<ScriptedAnswer & { left: number }>();
  return {
    add: (answer: ScriptedAnswer) => {
      const entry = { ...answer, left: answer.times ?? Infinity };
      answers.add(entry);
      return () => void answers.delete(entry);
    },
    take: (method: string, url: string): Scripted | undefined => {
      const found = [...answers].find(answer => (answer.method ?? method) === method && answer.path.test(url));
      if (found === undefined) return undefined;
      found.left -= 1;
      if (found.left <= 0) answers.delete(found);
      if (found.body !== undefined) return { body: found.body };
      return { refusal: scriptedRefusal(found.status ?? 500, found.retryAfterSeconds) };
    },
  };
}
