/** Where the certificates of this id lie in the output folder, with their key if it is ours. */
export function certificatePath(id: string): string {
  return `certs/${id}.pem`;
}

/** Where the key of session tickets of this id lies. */
export function ticketKeyPath(id: string): string {
  return `certs/${id}.key`;
}
