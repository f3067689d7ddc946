import { redirect } from 'next/navigation';
import { Pool as Database } from 'pg';
import { Pool } from 'undici';

const upstream = new Pool(process.env.BENCH_UPSTREAM ?? 'http://127.0.0.1:9', { connections: 16 });
const database = new Database({ connectionString: process.env.BENCH_DATABASE });
const headers = { 'content-type': 'application/json', api_key: 'bench' };

const STATEMENTS = {
  find: 'select typed from drafts where id = $1',
  keep: `insert into submissions (id, person, payload, state) values ($1, $2, $3, 'sending') on conflict do nothing returning id`,
  finish: `update submissions set state = 'succeeded', link = $2, payload = null where id = $1 and state = 'sending' returning id`,
};
const run = (name, ...values) => database.query({ name, text: STATEMENTS[name], values });

async function call(path, payload) {
  const answer = await upstream.request({ method: 'POST', path, headers, body: JSON.stringify(payload) });
  return answer.body.json();
}

/**
 * The least that an action can do that neither loses nor repeats what it sends, nor hands out a stranger's link: find what
 * was typed, look who is there, keep the intent, call, keep the end. No check, no seal, no limit, no log.
 */
async function send() {
  'use server';
  const { rows } = await run('find', 'ana');
  const person = crypto.randomUUID();
  await call('/v1/auth/get-user-token-v2', { phoneNumber: person });
  const id = crypto.randomUUID();
  await run('keep', id, person, rows[0].typed);
  const { link } = await call('/v1/auth/sessionlink-v2', JSON.parse(rows[0].typed));
  await run('finish', id, link);
  redirect(link);
}

export const dynamic = 'force-dynamic';

export default function Page() {
  return (
    <form action={send}>
      <button type="submit">Send</button>
    </form>
  );
}
