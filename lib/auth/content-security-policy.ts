/**
 * What a page of ours may load: our own files and nothing else; inline scripts only with the nonce
 * that Next puts on its own. Mermaid's drawings carry inline styles.
 */
export function contentSecurityPolicy(nonce: string, development: boolean): string {
  const directives = {
    "default-src": "'self'",
    // React's development build evaluates code to show where an error came from.
    "script-src": `'self' 'nonce-${nonce}'${development ? " 'unsafe-eval'" : ""}`,
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "connect-src": `'self'${development ? " ws:" : ""}`,
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
  };
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}
