/** What a page of ours may load. Pure. */

/** Styles from the extension's own folder, one script with the nonce, and nothing else at all. */
export function contentSecurityPolicy(source: string, nonce: string): string {
  return `default-src 'none'; style-src ${source}; script-src 'nonce-${nonce}'`;
}
