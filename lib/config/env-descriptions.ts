import type { Env } from './env-schema.ts';

type Section = {
  title: string;
  variables: Partial<Record<keyof Env, string>>;
};

/** The meaning of each variable, as `docs/configuration.md` prints it. Defaults come from the schema. */
export const ENV_SECTIONS: readonly Section[] = [
  {
    title: 'General',
    variables: {
      APP_ENV:
        '`local`: every configured origin is on this machine. `sandbox`: the test hosts of the vendors. `live`: production. `sandbox` and `live` refuse `http:` and loopback addresses',
      APP_ORIGIN: 'The public origin, exactly, such as `https://start.example.com`',
      BRAND_FILE: 'Path of the brand file (see [Brand](#brand)). Empty: a sample brand',
      POSTAL_CODES_FILE:
        'Path of the [imported table](operations.md#postal-codes) of Mexican postal codes. Empty: the address page asks for the address line by line',
      PARTNER_TIME_ZONE: 'Time zone in which ages and expiry dates are counted',
      TRUSTED_HOPS:
        'Number of your own proxies in front of the server. With `1`, the client address is the last entry of `X-Forwarded-For`, with `2` the last but one, and so on; with `0` it is the address of the connection',
      METRICS_LISTEN:
        '`host:port` that serves Prometheus metrics at `/metrics`, apart from the customers’ port. Empty: no metrics',
    },
  },
  {
    title: 'Database and keys',
    variables: {
      DATABASE_URL:
        'Postgres, such as `postgres://app:…@host1:5432,host2:5432/front_door`. With several hosts, the app uses the one that accepts writes. Empty: the embedded database, for one process only, not safe against a power cut',
      DATA_DIR: 'Folder of the embedded database',
      DATABASE_POOL_SIZE: 'Connections of one instance to Postgres',
      DATABASE_CONNECT_MS: 'Time to get a connection. TLS and a password take seven to eight round trips',
      DATABASE_QUERY_MS: 'Time for one statement; after it, the app closes the connection',
      DATABASE_PREPARED_STATEMENTS:
        '`on` or `off`. `off` for a pooler in transaction mode that does not keep prepared statements, such as PgBouncer before 1.21',
      DATABASE_ACCEPT_LOSS:
        '`no` or `yes`. `yes`: in `live`, start also on a Postgres that can [lose acknowledged commits](operations.md#what-a-failover-can-lose)',
      DATA_KEY:
        'Encrypts drafts, cases, payloads and links: 32 bytes of base64, `openssl rand -base64 32`. `new:<base64>,old:<base64>` [while rotating](operations.md#rotate-data_key)',
      HASH_KEY:
        'Key of the hashes by which the app finds a phone, a code or a counter: 32 bytes of base64. It [cannot be rotated](operations.md#hash_key). Required when `DATA_KEY` has several keys. Empty: the app uses the only `DATA_KEY`',
    },
  },
  {
    title: 'Leap Financial RaaS',
    variables: {
      RAAS_BASE_URL: 'Address of the API, ending in `/v1`',
      RAAS_API_KEY: 'API key. It needs the scope `partner`',
      RAAS_LINK_HOSTS: 'Hosts that a returned session link may have, separated by commas',
      RAAS_CLIENT_P12_FILE: 'Client certificate for mutual TLS (PKCS #12). Empty: no mutual TLS',
      RAAS_CLIENT_P12_PASSPHRASE: 'Passphrase of the client certificate',
      RAAS_REQUEST4R_ENCRYPT_KEY_FILE:
        'The vendor’s public key for Request4R (SPKI PEM). Set both Request4R files or none',
      RAAS_REQUEST4R_DECRYPT_KEY_FILE: 'Our private key for Request4R (PKCS #8 PEM)',
      RAAS_COUNTRY: 'Country of the tenant, ISO 3166-1 alpha-2',
      RAAS_MX_MOBILE_FORM:
        'Mexican mobile numbers: `documented` sends `+521…`, as the vendor’s examples do; `e164` sends `+52…`',
      RAAS_STATE_FORM: 'Spelling of `state`: `short` (`CDMX`), `iso` (`MX-CMX`) or `name` (`Ciudad de México`)',
      RAAS_BIRTH_STATE_FORM: 'Spelling of `birthState`: `short`, `iso` or `name`',
      RAAS_UBN_BANK_NAME:
        '`send` adds `bankName` to an account number, which only the newest page of the vendor knows; `omit` does not',
    },
  },
  {
    title: 'Address search (Google Places)',
    variables: {
      GOOGLE_MAPS_API_KEY:
        'Browser key, restricted by referrer to Maps JavaScript API and Places API (New). Empty: the customer types the address',
      GOOGLE_MAPS_API_URL: 'Origin of a stand-in for Google’s script; refused in `live`. Empty: Google',
    },
  },
  {
    title: 'Card vault (VGS)',
    variables: {
      VGS_VAULT_ID: 'The vault. Empty: the app offers no cards',
      VGS_ENVIRONMENT: '`sandbox` or `live`, with a region where the vault has one (`live-eu-1`)',
      VGS_COLLECT_VERSION: 'Version of the VGS Collect script, such as `4.0.1`',
      VGS_COLLECT_INTEGRITY: 'Hash of the script (`sha384-…`); required in `live`',
      VGS_MODE:
        '`proxy` posts through the vault’s route to an echo, as the vendor documents it; `tokenize` asks the vault for aliases, which then lack the last four digits',
      VGS_ROUTE_ID:
        'The vault’s route, if it is not the default route. It must redact `CardNumber` and `Cvv` and leave `ExpirationDate`',
      VGS_COLLECT_URL: 'Origin of a stand-in for the script; refused in `live`. Empty: VGS',
    },
  },
  {
    title: 'Agent console',
    variables: {
      OIDC_ISSUER: 'Issuer of the partner’s identity provider. Set all three or none. Empty: no agent console',
      OIDC_CLIENT_ID: 'Client id of the app at the identity provider',
      OIDC_CLIENT_SECRET: 'Client secret of the app at the identity provider',
      OIDC_ROLE_CLAIM: 'Claim with the role of an agent: `agent`, `supervisor`, `operator` or `compliance`',
      OIDC_SHOP_CLAIM: 'Claim with the shop of an agent',
    },
  },
  {
    title: 'Partner links',
    variables: {
      PARTNER_LINK_VERIFY_KEY_FILE: 'The partner’s public key (SPKI PEM, P-256). Set both files or none',
      PARTNER_LINK_DECRYPT_KEY_FILE: 'Our private key (PKCS #8 PEM, RSA)',
      PARTNER_RETURN_ORIGINS:
        'Origins that `return_url` of a partner link may have, separated by commas; `https:` only outside `local`. Empty: a link with `return_url` is refused',
      PARTNER_API_KEYS:
        'Bearer keys of the partner’s server for `/api/applications`, separated by commas: at least 32 characters, `openssl rand -base64 32`. Several while rotating. Empty: the API does not exist',
      EMBED_ORIGINS:
        'Exact https origins of the partner’s pages that may [frame the journey](embedding.md), separated by commas. Empty: no page may',
    },
  },
  {
    title: 'Webhooks',
    variables: {
      WEBHOOKS_FILE:
        'JSON file of the partner’s endpoints ([webhooks](operations.md#webhooks)). Empty: no event is written or sent',
      WEBHOOK_STALLED_MS: 'Time without a save after which an application is reported as stalled; less than seven days',
      WEBHOOK_TIMEOUT_MS: 'One attempt to deliver an event, connecting included',
    },
  },
  {
    title: 'Wallet ID',
    variables: {
      WALLET_ID_ROOTS_FILE:
        'Root certificates (PEM) of the issuers whose [driving licences in a wallet](document-mapping.md#wallet-id) fill the form. Empty: none does',
    },
  },
  {
    title: 'Time limits of a submission',
    variables: {
      RAAS_CONNECT_MS: 'Connecting to the upstream, TLS included. This and the next two may last up to one second more',
      RAAS_HEADERS_MS: 'Waiting for the head of the answer; more than `RAAS_CONNECT_MS`',
      RAAS_IDLE_BODY_MS: 'A pause within the body of the answer',
      RAAS_TOTAL_MS: 'All calls of one submission; more than `RAAS_HEADERS_MS` and `RAAS_LOOKUP_MS`',
      RAAS_LOOKUP_MS: 'The lookup of the phone number before the call',
      SUBMISSION_LEASE_MS:
        'Time for which a claim protects its submission; after it, its process counts as lost. More than `RAAS_TOTAL_MS`',
      SUBMISSION_HOLD_MS:
        'Time for which a submission of unknown result keeps other drafts with its phone number from being sent; more than `RECONCILE_PARK_MS`',
      RECONCILE_EVERY_MS: 'Pause between two rounds of the reconciler',
      RECONCILE_AFTER_MS:
        'Time between a lost answer and the first lookup; longer than the upstream may still work on the call',
      RECONCILE_LOOKS_MS:
        'Period over which three lookups must find no user before the application counts as not received',
      RECONCILE_PARK_MS:
        'Time after which a submission of unknown result needs a decision; more than `RECONCILE_AFTER_MS`',
    },
  },
  {
    title: 'Load on the upstream',
    variables: {
      BREAKER_IN_A_ROW: 'Failures in a row that open the circuit breaker',
      BREAKER_PERCENT: 'Percentage of failures within 30 s, from ten calls on, that opens it. `100`: never',
      BREAKER_REST_MS: 'Time for which the open breaker lets no call through',
      UPSTREAM_SOCKETS:
        'Calls at once, per instance. 16 sockets and an upstream that takes 0.5 s carry 32 submissions a second',
      UPSTREAM_QUEUE: 'Calls that wait for a socket',
      UPSTREAM_QUEUE_MS: 'Longest wait for a socket',
    },
  },
  {
    title: 'Load on the server',
    variables: {
      SHED_REQUESTS: 'Requests at once; the server answers further ones with 503',
      SHED_BUSY_REQUESTS: 'The same while the event loop has no time left',
      SHED_DELAY_MS: 'Lag of the event loop above which the server answers 503',
      DRAIN_GRACE_MS: 'After SIGTERM: time between a red `/readyz` and the end of accepting connections',
      DRAIN_MS: 'After SIGTERM: time after which the process ends in any case; more than `RAAS_TOTAL_MS`',
    },
  },
  {
    title: 'Rate limits',
    variables: {
      LIMIT_IN_FLIGHT_PER_ADDRESS: 'Requests of one address in flight, per instance',
      LIMIT_POSTS_PER_ADDRESS: 'POST requests of one address in a minute, per instance',
      LIMIT_SUBMITS_PER_ADDRESS: 'Submissions of one address in ten minutes',
      LIMIT_SUBMITS_PER_DRAFT: 'Submissions of one draft in an hour',
      LIMIT_SUBMITS_PER_PHONE:
        'Submissions of one phone number from one address in an hour. From other addresses, further ones are delayed by two seconds',
      LIMIT_CODES_PER_ADDRESS: 'Wrong short codes of customers at one address in ten minutes',
      LIMIT_CODES_PER_AGENT: 'Wrong short codes of one agent in ten minutes',
      LIMIT_SIGN_INS_PER_ADDRESS: 'Sign-ins begun from one address in ten minutes',
      LIMIT_DRAFTS_PER_ADDRESS: 'New drafts of one address in ten minutes',
      LIMIT_HELP_CODES_PER_ADDRESS: 'Codes for an agent’s help, of one address in ten minutes',
      LIMIT_POSTAL_CODES_PER_ADDRESS: 'Postal codes that one address looks up in a minute, per instance',
      LIMIT_STATUS_PER_ADDRESS:
        'Requests for the status of an application with a missing or wrong key, of one address in a minute, per instance',
      LIMIT_EVENTS_PER_ADDRESS:
        'Events for the statistics, of one address in ten minutes, per instance; further ones are dropped',
    },
  },
];
