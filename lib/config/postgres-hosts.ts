/**
 * The connection strings of `DATABASE_URL`, one for each of its hosts, in their order: `host1:5432,host2` as in PostgreSQL's
 * manual, 34.1.1.3. The driver knows one host only.
 */
export function listHosts(url: string): string[] {
  const start = url.indexOf('://') + '://'.length;
  const length = url.slice(start).search(/[/?]|$/);
  const authority = url.slice(start, start + length);
  const credentials = authority.slice(0, authority.lastIndexOf('@') + 1);
  const hosts = authority.slice(credentials.length).split(',');
  return hosts.map((host) => `${url.slice(0, start)}${credentials}${host}${url.slice(start + length)}`);
}

/** Whether the server asks for one that accepts writes. Several hosts always do: one that does not cannot serve. */
export const isWritableHostRequired = (url: string): boolean =>
  listHosts(url).length > 1 || /[?&]target_session_attrs=/.test(url);

/** Whether each host of a list makes a URL, and no other kind of host is asked for than this server can use. */
export function isHostList(url: string): boolean {
  const hosts = listHosts(url);
  const matches = [...url.matchAll(/[?&]target_session_attrs=([^&]*)/g)];
  return (
    (hosts.length === 1 || hosts.every((host) => URL.canParse(host))) &&
    matches.every(([, attribute]) => attribute === 'read-write' || attribute === 'primary')
  );
}
