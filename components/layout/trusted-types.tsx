/**
 * The page's one default policy (Trusted Types, W3C): a text becomes a script's address only when it is one of our own built
 * files or one of the vendors' that this page may load; markup is only the empty element from which React makes a script, or a
 * text that makes no element at all, such as the style of the framework's last error page. Anything else is refused. It has
 * to run before any other script.
 *
 * @param hosts origins whose scripts this page may load beside our own
 */
export function TrustedTypes({ nonce, hosts }: { nonce: string | undefined; hosts: readonly string[] }) {
  const script = `window.trustedTypes&&trustedTypes.createPolicy('default',{createScriptURL:u=>{const{origin:o,pathname:p}=new URL(u,location.origin);return o===location.origin?p.startsWith('/_next/static/')?u:null:${JSON.stringify(hosts)}.includes(o)?u:null},createHTML:h=>h==='<script>\\x3c/script>'||!h.includes('<')?h:null})`;
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours and configured origins, by nonce
  return <script nonce={nonce} dangerouslySetInnerHTML={{ __html: script }} />;
}
