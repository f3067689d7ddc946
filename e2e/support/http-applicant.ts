import en from '../../lib/i18n/messages/en.json' with { type: 'json' };
import { ORIGIN, type Reply, sendRequest } from './http.ts';

type Fields = readonly (readonly [string, string])[];
export type View = keyof typeof en.outcome | 'review' | 'other';

const decodeHtml = (text: string) =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&');

/** The hidden fields that name a form's action and the words agreed to. They are the same for everybody. */
export function parseActionFields(html: string): Fields {
  const inputs = html.matchAll(/<input type="hidden" name="(\$ACTION[^"]*|consent)"(?: value="([^"]*)")?/g);
  return [...inputs].map(([, name = '', value = '']) => [decodeHtml(name), decodeHtml(value)] as const);
}

const titles = Object.entries(en.outcome).flatMap(([view, words]) =>
  typeof words === 'object' ? [[words.title, view as View] as const] : [],
);

/** Returns the view that a page shows, by its heading. */
export function parseView(html: string): View {
  const heading = decodeHtml(/<h1[^>]*>([^<]*)</.exec(html)?.[1] ?? '');
  if (heading === en.review.title) return 'review';
  // Two states share a heading; their texts differ.
  const matches = titles.filter(([title]) => title === heading).map(([, view]) => view);
  const exactMatch = matches.find((view) => {
    const { text } = en.outcome[view as 'checking'];
    return html.includes(text.split('{')[0]?.slice(0, 40) ?? '');
  });
  return exactMatch ?? matches[0] ?? 'other';
}

const ADDRESS: Fields = [
  ['address1', 'Calle Dos 10'],
  ['zipCode', '03800'],
  ['city', 'San Pedro de los Pinos'],
  ['state', 'Ciudad de México'],
  ['countryCode', 'MX'],
];

let phoneCount = 0;
/** Creates a Mexican mobile that no other customer of this run has, as the stand-in files it. */
export function createApplicantPhone(): string {
  phoneCount += 1;
  return `+5233${String(10_000_000 + ((process.pid % 80) * 1_000_000 + phoneCount)).slice(-8)}`;
}

/** One person with a browser without script. Its cookie is all it keeps. */
export class HttpApplicant {
  /** Actions by page, learnt once: they belong to the build, not to the person. */
  static actions = new Map<string, Fields>();
  readonly phone: string;
  readonly origin: string;
  cookie: string | undefined;
  /** The address that this person's posts come from, for a server behind one proxy. */
  address: string | undefined;

  /** @param origin the public origin of the servers that this person asks */
  constructor(phone = createApplicantPhone(), origin = ORIGIN) {
    this.phone = phone;
    this.origin = origin;
  }

  /** The cookie as a browser takes it. */
  get browserCookie() {
    const [name = '', value = ''] = this.cookie?.split('=') ?? [];
    return { name, value, url: this.origin.replace('http:', 'https:'), httpOnly: true, secure: true };
  }

  get(port: number, page: string): Promise<Reply> {
    return sendRequest(port, `/en/onboarding/${page}`, { cookie: this.cookie, origin: this.origin });
  }

  /** Posts a page's form. The page itself is asked for only the first time that anybody posts it. */
  async post(port: number, page: string, fields: Fields): Promise<Reply> {
    let action = HttpApplicant.actions.get(page);
    if (!action) {
      action = parseActionFields((await this.get(port, page)).body);
      if (action.length === 0) throw new Error(`${page} has no form`);
      HttpApplicant.actions.set(page, action);
    }
    const form = [...action, ...fields];
    const reply = await sendRequest(port, `/en/onboarding/${page}`, {
      cookie: this.cookie,
      form,
      origin: this.origin,
      address: this.address,
    });
    this.cookie = reply.cookies.find((cookie) => cookie.startsWith('__Host-draft=')) ?? this.cookie;
    return reply;
  }

  /** From nothing to the check page. */
  async fill(port: number): Promise<void> {
    const steps: [string, Fields][] = [
      [
        'identity',
        [
          ['firstName', 'Ana'],
          ['lastName', 'Ruiz'],
          ['phoneNumber', this.phone],
          ['dob.day', '1'],
          ['dob.month', '2'],
          ['dob.year', '1990'],
        ],
      ],
      ['address', ADDRESS],
      ['payment', [['paymentMethodType', 'DigitalWallet']]],
    ];
    for (const [page, fields] of steps) {
      const reply = await this.post(port, page, fields);
      if (reply.status !== 303) throw new Error(`${page} was answered with ${reply.status}`);
    }
    if (!HttpApplicant.actions.has('review'))
      HttpApplicant.actions.set('review', parseActionFields((await this.get(port, 'review')).body));
  }

  /** Saves the address again. */
  fillAddress(port: number): Promise<Reply> {
    return this.post(port, 'address', ADDRESS);
  }

  submit(port: number): Promise<Reply> {
    return this.post(port, 'review', []);
  }

  /** Reads this person's view, and if their answers are still there when they have to be. */
  async readState(port: number): Promise<{ view: View; isKept: boolean }> {
    const outcome = await this.get(port, 'outcome');
    const view = outcome.status === 200 ? parseView(outcome.body) : 'review';
    if (view !== 'review' && view !== 'not-sent' && view !== 'refused') return { view, isKept: true };
    const review = await this.get(port, 'review');
    return { view, isKept: review.status === 200 && review.body.includes('Calle Dos 10') };
  }
}
