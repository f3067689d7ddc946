/** The host that is allowed where these links are tried. */
type AllowedHost = { host: string; scheme: string };

const SPACES = ['', ' ', '\t', '\n', '\r\n', '\0', '\u00a0', '\u2028', '%20', '%09', '%0d%0a'];
const SCHEMES = [
  'javascript',
  'data',
  'vbscript',
  'file',
  'blob',
  'about',
  'ftp',
  'ws',
  'intent',
  'tel',
  'view-source',
];
const SLASHES = [
  '//',
  '///',
  '////',
  '\\\\',
  '/\\',
  '\\/',
  '/',
  '\\',
  '%2f%2f',
  '%5c%5c',
  '/%2f',
  '//%00',
  ';//',
  '?//',
];

/**
 * Links that must not be followed (docs/security.md, T1), of these kinds: other schemes, other hosts, hosts
 * that only look like the allowed one, user information, slashes and backslashes, controls and spaces, encodings,
 * look-alike letters, ports, numbers for addresses, and lengths.
 *
 * @returns the same 367 links each time
 */
export function createHostileLinks({ host, scheme }: AllowedHost): string[] {
  const name = host.split(':')[0] ?? host;
  const port = host.split(':')[1];
  const evil = 'evil.example';
  const links = [
    ...SCHEMES.flatMap((otherScheme) => [
      `${otherScheme}:alert(1)`,
      `${otherScheme}://${host}/%0aalert(1)`,
      `${otherScheme.toUpperCase()}:${host}`,
    ]),
    ...SPACES.slice(1).flatMap((space) => [
      `java${space}script:alert(1)`,
      `${space}javascript:alert(1)`,
      `${scheme}://${host}${space}.${evil}/a`,
    ]),
    ...SPACES.slice(1, 8).flatMap((space) => [
      `${space}${scheme}://${host}/a`,
      `${scheme}://${host}/a${space}`,
      `${scheme}:${space}//${host}/a`,
    ]),
    ...SLASHES.flatMap((slash) => [
      `${slash}${evil}`,
      `${scheme}:${slash}${evil}`,
      `${slash}${host}@${evil}/a`,
      `${scheme}:${slash}${evil}/${host}`,
    ]),
    ...['', 'user', 'user:password', ':', host, `${scheme}:`, 'a@b', '%40', '%2f'].flatMap((user) => [
      `${scheme}://${user}@${evil}/`,
      `${scheme}://${user}@${host}/a`,
      `${scheme}://${evil}${user}@${evil}`,
    ]),
    ...['.', '-', '_', 'x', '%00', '%2e', '%E3%80%82', '\u3002', '\uff0e', '\u00ad', '\u200b'].flatMap((glue) => [
      `${scheme}://${host}${glue}${evil}/`,
      `${scheme}://${evil}${glue}${host}/`,
      `${scheme}://${name}${glue}${evil}:80/`,
    ]),
    ...['#', '?', '/', ';', '&', '\\', '%23', '%3f', '%2f', '%5c'].flatMap((mark) => [
      `${scheme}://${evil}${mark}${host}`,
      `${scheme}://${evil}${mark}@${host}`,
      `${scheme}://${evil}${mark}.${host}/a`,
    ]),
    ...['1', '0', '80', '443', '8443', '65535', '65536', '-1', '99999', 'a'].flatMap((otherPort) =>
      // With the scheme's default port, the link is not hostile.
      otherPort === port || (scheme === 'https' && otherPort === '443')
        ? []
        : [`${scheme}://${name}:${otherPort}/a`, `${scheme}://${evil}:${otherPort}/a`],
    ),
    ...[
      '0x7f000002',
      '2130706434',
      '0177.0.0.2',
      '127.2',
      '[::2]',
      '[::ffff:127.0.0.2]',
      '169.254.169.254',
      '0.0.0.0',
    ].map((address) => `${scheme}://${address}/a`),
    ...[
      '\u0456nks.example',
      'l\u0456nks.example',
      'xn--nks-wza.example',
      '\uff4cinks.example',
      '\u24d4vil.example',
    ].flatMap((twin) => [`${scheme}://${twin}/a`, `https://${twin}/a`, `https://${twin}.${host}/a`]),
    ...[2_049, 8_192, 60_000].flatMap((length) => [
      `${scheme}://${host}/${'a'.repeat(length)}`,
      `https://${evil}/${'a'.repeat(length)}`,
    ]),
    '',
    ' ',
    'null',
    'undefined',
    '0',
    '[]',
    '{}',
    'true',
    '.',
    '..',
    '/',
    '#',
    '?',
    `//${host}`,
    host,
    `${host}/a`,
    ':',
    '://',
    `:${host}`,
    `http:${host}`,
    `${scheme}:${host}`,
    `${scheme}//${host}/a`,
    `${scheme}:://${host}/a`,
    `h\u0000ttp://${host}/a`,
  ];
  const hostileUrls = [...new Set(links)];
  for (let index = 1; hostileUrls.length < COUNT; index += 1)
    hostileUrls.push(`https://${evil}/${'../'.repeat(index)}${host}`);
  return hostileUrls.slice(0, COUNT);
}

/** The number of links in two public collections of open redirects. */
const COUNT = 367;
