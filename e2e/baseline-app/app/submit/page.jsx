import { redirect } from 'next/navigation';
import { Pool } from 'undici';

const upstream = new Pool(process.env.BENCH_UPSTREAM ?? 'http://127.0.0.1:9', { connections: 16 });

/** The least code that sends a form upstream from a server action and follows the answer: the baseline of `npm run bench`. */
async function send(form) {
  'use server';
  const body = JSON.stringify(Object.fromEntries([...form].filter(([name]) => !name.startsWith('$'))));
  const headers = { 'content-type': 'application/json', api_key: 'bench' };
  const answer = await upstream.request({ method: 'POST', path: '/v1/auth/sessionlink-v2', headers, body });
  redirect((await answer.body.json()).link);
}

export const dynamic = 'force-dynamic';

export default function Page() {
  return (
    <form action={send}>
      <input name="firstName" />
      <button type="submit">Send</button>
    </form>
  );
}
