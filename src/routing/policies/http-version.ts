/** How backends are asked. */
export interface HttpVersion {
  readonly version: '1.0' | '1.1';
}
