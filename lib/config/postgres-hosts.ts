/**
 * Splits `DATABASE_URL` into one connection string per host (`host1:5432,host2`, PostgreSQL manual, 34.1.1.3): the driver
 * accepts one host only.
 */
export function listHosts(url: string): string[] {
  const start = url.indexOf('://') + '://'.length;
  const length = url.slice(start).search(/[/?]|$/);
  const authority = url.slice(start, start + length);
  const credentials = authority.slice(0, authority.lastIndexOf('@') + 1);
  const hosts = authority.slice(credentials.length).split(',');
  return hosts.map((host) => `${url.slice(0, start)}${credentials}${host}${url.slice(start + length)}`);
}

/** Tells whether a connection must check that its host accepts writes; always with several hosts. */
export const isWritableHostRequired = (url: string): boolean =>
  listHosts(url).length > 1 || /[?&]target_session_attrs=/.test(url);

/** Checks that each host forms a URL, and that `target_session_attrs` asks for a writable host. */
export function isHostList(url: string): boolean {
  const hosts = listHosts(url);
  const matches = [...url.matchAll(/[?&]target_session_attrs=([^&]*)/g)];
  return (
    (hosts.length === 1 || hosts.every((host) => URL.canParse(host))) &&
    matches.every(([, attribute]) => attribute === 'read-write' || attribute === 'primary')
  );
}
