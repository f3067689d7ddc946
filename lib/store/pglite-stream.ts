import { Duplex } from 'node:stream';
import type { PGlite } from '@electric-sql/pglite';

const ERROR_RESPONSE = 'E'.charCodeAt(0);

/** Returns whether a message (type, length, body) reports that the server has ended (PostgreSQL manual, 54.7 and 54.8). */
function hasPanic(messages: Uint8Array): boolean {
  const bytes = Buffer.from(messages.buffer, messages.byteOffset, messages.byteLength);
  for (let offset = 0; offset + 5 <= bytes.length; ) {
    const end = offset + 1 + bytes.readInt32BE(offset + 1);
    if (bytes[offset] === ERROR_RESPONSE && bytes.subarray(offset, end).includes('VPANIC\0')) return true;
    offset = end;
  }
  return false;
}

/**
 * A socket for the Postgres driver whose peer is the embedded database in this process. Both databases thus share one driver
 * and its prepared statements, and a query is one call into PGlite without a network.
 */
export class PgliteStream extends Duplex {
  readonly #client: PGlite;
  readonly #onEnd: () => void;

  /** @param onEnd called when the database has failed */
  constructor(client: PGlite, onEnd: () => void) {
    super();
    this.#client = client;
    this.#onEnd = onEnd;
  }

  connect(): this {
    process.nextTick(() => this.emit('connect'));
    return this;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#client.execProtocolRaw(chunk).then(
      (response) => {
        if (hasPanic(response)) this.#onEnd();
        this.push(response);
        done();
      },
      (error: Error) => {
        this.#onEnd();
        done(error);
      },
    );
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), 'utf8', done);
  }

  override _read(): void {}

  // Methods of a socket that the driver calls.
  setNoDelay = (): this => this;
  setKeepAlive = (): this => this;
  ref = (): this => this;
  unref = (): this => this;
}
