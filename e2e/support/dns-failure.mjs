// For a server whose upstream's name is not found: loaded before it, lets `localhost` be unknown (getaddrinfo ENOTFOUND).
import dns from 'node:dns';

const { lookup } = dns;
dns.lookup = (name, options, callback) => {
  if (name !== 'localhost') return lookup(name, options, callback);
  const error = Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND', hostname: name });
  process.nextTick(callback, error);
};
