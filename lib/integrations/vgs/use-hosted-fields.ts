'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { VaultSettings } from '../../config/browser-keys.ts';
import { report } from '../../observability/report.ts';
import type { CollectField, CollectForm, CollectState } from './collect.ts';
import { loadCollect } from './load-collect.ts';
import { HOSTED_FIELDS, readVaultAnswer, type VaultAnswer } from './read-answer.ts';

export type HostedFieldName = keyof typeof HOSTED_FIELDS;
export type HostedFieldOptions = Record<HostedFieldName, { selector: string; ariaLabel: string; placeholder: string }>;

/** After this long nobody should have to wait without being told that there are other ways. */
const SLOW_MS = 5_000;
/** A field that says nothing for this long after it was made will not come; nor will an answer after that long. */
const FIELD_DEADLINE_MS = 10_000;
const ANSWER_DEADLINE_MS = 30_000;

/**
 * `tokenization` counts in that mode alone: `tok_` aliases, since the vault's usual ones look like card data, a code
 * that is kept for an hour only, and an expiry that comes as it is (integrations page, B4).
 */
const SHAPE: Record<HostedFieldName, object> = {
  number: {
    type: 'card-number',
    validations: ['required', 'validCardNumber'],
    autoComplete: 'cc-number',
    tokenization: { format: 'UUID', storage: 'PERSISTENT' },
  },
  expirationDate: {
    type: 'card-expiration-date',
    validations: ['required', 'validCardExpirationDate'],
    autoComplete: 'cc-exp',
    yearLength: 2,
    tokenization: false,
  },
  securityCode: {
    type: 'card-security-code',
    validations: ['required', 'validCardSecurityCode'],
    autoComplete: 'cc-csc',
    tokenization: { format: 'UUID', storage: 'VOLATILE' },
  },
};
const NAMES = Object.keys(SHAPE) as HostedFieldName[];

/** VGS draws inside its frames, so the look goes in as values. 16 px keeps iOS from zooming. */
function lookOf(element: Element | null): Record<string, string> {
  const style = element && getComputedStyle(element);
  return { 'font-size': '16px', color: style?.color ?? '', 'font-family': 'system-ui, sans-serif' };
}

/** The vault's fields in our page: mounts them into the given places, follows their state, and makes the aliases. */
export function useHostedFields(settings: VaultSettings, options: HostedFieldOptions) {
  const [status, setStatus] = useState<'loading' | 'slow' | 'ready' | 'failed'>('loading');
  const [state, setState] = useState<CollectState>({});
  const [attempt, setAttempt] = useState(0);
  const form = useRef<CollectForm>(null);
  const fields = useRef<Partial<Record<HostedFieldName, CollectField>>>({});
  const latest = useRef({ settings, options });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt mounts everything anew
  useEffect(() => {
    let isGone = false;
    let timer: ReturnType<typeof setTimeout>;
    const slow = setTimeout(() => setStatus((before) => (before === 'loading' ? 'slow' : before)), SLOW_MS);
    const { settings, options } = latest.current;
    const fail = (what: 'vault.script' | 'vault.fields') => {
      report(what);
      setStatus('failed');
    };
    setStatus('loading');
    setState({});
    loadCollect(settings).then(
      (collect) => {
        if (isGone) return;
        const made = collect.create(settings.vaultId, settings.environment, (next) => {
          if (isGone) return;
          setState({ ...next });
          if (NAMES.some((name) => !next[HOSTED_FIELDS[name]])) return;
          clearTimeout(timer);
          setStatus('ready');
        });
        if (settings.routeId) made.setRouteId(settings.routeId);
        form.current = made;
        timer = setTimeout(() => fail('vault.fields'), FIELD_DEADLINE_MS);
        for (const name of NAMES) {
          const { selector, ...words } = options[name];
          const css = lookOf(document.querySelector(selector));
          fields.current[name] = made.field(selector, { ...SHAPE[name], ...words, name: HOSTED_FIELDS[name], css });
        }
      },
      () => isGone || fail('vault.script'),
    );
    return () => {
      isGone = true;
      clearTimeout(timer);
      clearTimeout(slow);
      form.current?.unmount();
      form.current = null;
    };
  }, [attempt]);

  const tokenize = useCallback(async () => {
    const shown = state[HOSTED_FIELDS.number];
    const { settings } = latest.current;
    const environment = settings.environment.startsWith('live') ? 'live' : 'sandbox';
    const answer = form.current ? await answerOf(form.current, settings.mode) : NO_ANSWER;
    const read = readVaultAnswer(
      answer,
      { last4: shown?.last4, brand: shown?.cardType },
      { environment, mode: settings.mode },
    );
    if ('fault' in read && read.fault) report(read.fault);
    return read;
  }, [state]);

  return {
    status,
    stateOf: (name: HostedFieldName) => state[HOSTED_FIELDS[name]],
    focus: (name: HostedFieldName) => fields.current[name]?.focus(),
    /** What a screen reader says of a field: our label and our error cannot be tied to a frame from outside. */
    speak: useCallback((name: HostedFieldName, ariaLabel: string) => fields.current[name]?.update({ ariaLabel }), []),
    retry: () => setAttempt((before) => before + 1),
    tokenize,
  };
}

const NO_ANSWER: VaultAnswer = { status: null, body: undefined };

/** Asks once. No answer in time counts as none: the alias that may still come is made and forgotten. */
function answerOf(form: CollectForm, mode: VaultSettings['mode']): Promise<VaultAnswer> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(NO_ANSWER), ANSWER_DEADLINE_MS);
    const end = (answer: VaultAnswer) => {
      clearTimeout(timer);
      resolve(answer);
    };
    const ok = (status: number, body: unknown) => end({ status, body });
    const failed = () => end(NO_ANSWER);
    if (mode === 'tokenize') form.tokenize(ok, failed);
    else form.submit('/post', {}, ok, failed);
  });
}
