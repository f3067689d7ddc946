// For a server whose clock is ahead: loaded before it, adds `CLOCK_AHEAD_MS` to what it takes for now. A proxy and not a
// class of its own, so that dates made elsewhere stay dates.
const RealDate = Date;
const now = () => RealDate.now() + Number(process.env['CLOCK_AHEAD_MS'] ?? 0);

globalThis.Date = new Proxy(RealDate, {
  construct: (date, given) => (given.length === 0 ? new date(now()) : new date(...given)),
  get: (date, name) => (name === 'now' ? now : date[name]),
});
