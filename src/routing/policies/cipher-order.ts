/** Who chooses one of the ciphers that both sides have. */
export interface CipherOrder {
  readonly isOfServer: boolean;
}
