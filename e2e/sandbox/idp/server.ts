import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration } from 'oidc-provider';
import { announceReady } from '../http.ts';
import { AGENTS } from './agents.ts';

// A partner's identity provider: OpenID Connect by a certified implementation, with demo agents and no passwords.

const port = Number(process.env['SANDBOX_IDP_PORT'] ?? 4050);
const clientOrigin = process.env['SANDBOX_IDP_CLIENT_ORIGIN'] ?? 'http://localhost:3000';

const signingKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });

const settings: Configuration = {
  clients: [
    {
      client_id: 'front-door',
      client_secret: 'sandbox-client-secret',
      redirect_uris: [`${clientOrigin}/assist/callback`],
      post_logout_redirect_uris: ['es', 'en'].map((lang) => `${clientOrigin}/${lang}/assist/sign-in`),
    },
  ],
  claims: { openid: ['sub'], profile: ['name', 'role', 'shop'] },
  // Claims stand in the token itself, which most providers can be configured to do.
  conformIdTokenClaims: false,
  cookies: { keys: [randomBytes(32).toString('hex')] },
  jwks: { keys: [{ ...signingKey, use: 'sig', alg: 'RS256', kid: 'sandbox' }] },
  pkce: { required: () => true },
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: { enabled: true, logoutSource, postLogoutSuccessSource },
  },
  interactions: { url: (_context, interaction) => `/choose/${interaction.uid}` },
  findAccount: (_context, id) => {
    const agent = AGENTS[id];
    return agent && { accountId: id, claims: async () => ({ sub: id, ...agent }) };
  },
};

const renderPage = (body: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>Sandbox identity provider</title><style>body{font:1rem/1.6 system-ui,sans-serif;max-width:30rem;margin:3rem auto;padding:0 1rem}a{display:block;margin:.75rem 0}</style>${body}`;

function logoutSource(context: { body: unknown }, form: string): void {
  context.body = renderPage(
    `${form}<button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>`,
  );
}

function postLogoutSuccessSource(context: { body: unknown }): void {
  context.body = renderPage('<p>Signed out.</p>');
}

const server = createServer();
server.listen(port, '127.0.0.1', () => {
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(origin, settings);
  const handle = provider.callback();

  /** Serves the page on which an agent chooses an account, and handles the choice. */
  async function handleChoice(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const { uid, prompt, params, session } = await provider.interactionDetails(request, response);
    const agentId = url.searchParams.get('as');
    const accountId = prompt.name === 'consent' ? session?.accountId : (agentId ?? undefined);
    if (!accountId) {
      const list = Object.entries(AGENTS).map(
        ([id, { name, role, shop }]) =>
          `<a href="/choose/${uid}?as=${id}">${name} (${role || 'no role'}, ${shop || 'no shop'})</a>`,
      );
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(renderPage(`<h1>Who are you?</h1>${list.join('')}`));
      return;
    }
    const grant = new provider.Grant({ accountId, clientId: String(params['client_id']) });
    grant.addOIDCScope(String(params['scope']));
    const result = { login: { accountId }, consent: { grantId: await grant.save() } };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true });
  }

  server.on('request', (request, response) => {
    const url = new URL(request.url ?? '/', origin);
    if (!url.pathname.startsWith('/choose/')) return handle(request, response);
    handleChoice(request, response, url).catch(() => {
      response.statusCode = 400;
      response.end('This sign-in has run out');
    });
  });
  announceReady({ idp: origin });
});
