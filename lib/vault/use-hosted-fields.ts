'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { VaultSettings } from '../config/browser-keys.ts';
import type { CollectField, CollectForm, CollectState } from './collect.ts';
import { loadCollect } from './load-collect.ts';
import { HOSTED_FIELDS, readVaultAnswer } from './read-answer.ts';

export type HostedFieldName = keyof typeof HOSTED_FIELDS;
export type HostedFieldOptions = Record<HostedFieldName, { selector: string; ariaLabel: string; placeholder: string }>;

/** A field that says nothing for this long after it was made will not come. */
const FIELD_DEADLINE_MS = 10_000;

const SHAPE: Record<HostedFieldName, object> = {
  number: { type: 'card-number', validations: ['required', 'validCardNumber'], autoComplete: 'cc-number' },
  expirationDate: {
    type: 'card-expiration-date',
    validations: ['required', 'validCardExpirationDate'],
    autoComplete: 'cc-exp',
    yearLength: 2,
  },
  securityCode: {
    type: 'card-security-code',
    validations: ['required', 'validCardSecurityCode'],
    autoComplete: 'cc-csc',
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
  const [status, setStatus] = useState<'loading' | 'ready' | 'failed'>('loading');
  const [state, setState] = useState<CollectState>({});
  const [attempt, setAttempt] = useState(0);
  const form = useRef<CollectForm>(null);
  const fields = useRef<Partial<Record<HostedFieldName, CollectField>>>({});
  const latest = useRef({ settings, options });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt mounts everything anew
  useEffect(() => {
    let isGone = false;
    let timer: ReturnType<typeof setTimeout>;
    const { settings, options } = latest.current;
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
        timer = setTimeout(() => setStatus('failed'), FIELD_DEADLINE_MS);
        for (const name of NAMES) {
          const { selector, ...words } = options[name];
          const css = lookOf(document.querySelector(selector));
          fields.current[name] = made.field(selector, { ...SHAPE[name], ...words, name: HOSTED_FIELDS[name], css });
        }
      },
      () => isGone || setStatus('failed'),
    );
    return () => {
      isGone = true;
      clearTimeout(timer);
      form.current?.unmount();
      form.current = null;
    };
  }, [attempt]);

  const tokenize = useCallback(async () => {
    const shown = state[HOSTED_FIELDS.number];
    const { settings } = latest.current;
    const environment = settings.environment.startsWith('live') ? 'live' : 'sandbox';
    const [code, body] = await new Promise<[number | null, unknown]>((resolve) => {
      if (!form.current) return resolve([null, undefined]);
      form.current.submit(
        '/post',
        {},
        (answerStatus, answerBody) => resolve([answerStatus, answerBody]),
        () => resolve([null, undefined]),
      );
    });
    return readVaultAnswer(code, body, { last4: shown?.last4, brand: shown?.cardType }, environment);
  }, [state]);

  return {
    status,
    stateOf: (name: HostedFieldName) => state[HOSTED_FIELDS[name]],
    focus: (name: HostedFieldName) => fields.current[name]?.focus(),
    retry: () => setAttempt((before) => before + 1),
    tokenize,
  };
}
