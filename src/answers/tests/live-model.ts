/** What a running server answered. */
export type LiveAnswer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** As they came, in their order. */
      readonly headers: readonly { readonly name: string; readonly value: string }[];
      /** What was read of the body; empty where nobody asked for it. */
      readonly body: string;
    }
  /** The connection was made, and closed without an answer. */
  | { readonly kind: 'closed'; readonly reason: string };
