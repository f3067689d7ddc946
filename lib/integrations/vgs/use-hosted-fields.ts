'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { VaultSettings } from '../../config/vendor-settings.ts';
import { sendBrowserReport } from '../../observability/send-browser-report.ts';
import type { CollectField, CollectForm, CollectState } from './collect.ts';
import { loadCollect } from './load-collect.ts';
import { HOSTED_FIELDS, parseVaultResponse, type VaultResponse } from './parse-vault-response.ts';

export type HostedFieldName = keyof typeof HOSTED_FIELDS;
export type HostedFieldOptions = Record<HostedFieldName, { selector: string; ariaLabel: string; placeholder: string }>;

/** After this long nobody should have to wait without being told that there are other ways. */
const SLOW_AFTER_MS = 5_000;
/** A field that says nothing for this long after it was made will not come; nor will an answer after that long. */
const FIELD_TIMEOUT_MS = 10_000;
const RESPONSE_TIMEOUT_MS = 30_000;

/**
 * `tokenization` counts in that mode alone: `tok_` aliases, since the vault's usual ones look like card data, a code
 * that is kept for an hour only, and an expiry that comes as it is (integrations page, B4).
 */
const FIELD_OPTIONS: Record<HostedFieldName, object> = {
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
const FIELD_NAMES = Object.keys(FIELD_OPTIONS) as HostedFieldName[];

/** VGS draws inside its frames, so the look goes in as values. 16 px keeps iOS from zooming. */
function getFieldStyle(element: Element | null): Record<string, string> {
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
    let isUnmounted = false;
    let timer: ReturnType<typeof setTimeout>;
    const slowTimer = setTimeout(() => setStatus((before) => (before === 'loading' ? 'slow' : before)), SLOW_AFTER_MS);
    const { settings, options } = latest.current;
    const handleFailure = (event: 'vault.script' | 'vault.fields') => {
      sendBrowserReport(event);
      setStatus('failed');
    };
    setStatus('loading');
    setState({});
    loadCollect(settings).then(
      (collect) => {
        if (isUnmounted) return;
        const collectForm = collect.create(settings.vaultId, settings.environment, (next) => {
          if (isUnmounted) return;
          setState({ ...next });
          if (FIELD_NAMES.some((name) => !next[HOSTED_FIELDS[name]])) return;
          clearTimeout(timer);
          setStatus('ready');
        });
        if (settings.routeId) collectForm.setRouteId(settings.routeId);
        form.current = collectForm;
        timer = setTimeout(() => handleFailure('vault.fields'), FIELD_TIMEOUT_MS);
        for (const name of FIELD_NAMES) {
          const { selector, ...labels } = options[name];
          const css = getFieldStyle(document.querySelector(selector));
          fields.current[name] = collectForm.field(selector, {
            ...FIELD_OPTIONS[name],
            ...labels,
            name: HOSTED_FIELDS[name],
            css,
          });
        }
      },
      () => isUnmounted || handleFailure('vault.script'),
    );
    return () => {
      isUnmounted = true;
      clearTimeout(timer);
      clearTimeout(slowTimer);
      form.current?.unmount();
      form.current = null;
    };
  }, [attempt]);

  const tokenize = useCallback(async () => {
    const numberState = state[HOSTED_FIELDS.number];
    const { settings } = latest.current;
    const environment = settings.environment.startsWith('live') ? 'live' : 'sandbox';
    const response = form.current ? await fetchVaultResponse(form.current, settings.mode) : NO_RESPONSE;
    const result = parseVaultResponse(
      response,
      { last4: numberState?.last4, brand: numberState?.cardType },
      { environment, mode: settings.mode },
    );
    if ('fault' in result && result.fault) sendBrowserReport(result.fault);
    return result;
  }, [state]);

  return {
    status,
    getFieldState: (name: HostedFieldName) => state[HOSTED_FIELDS[name]],
    setFocus: (name: HostedFieldName) => fields.current[name]?.focus(),
    /** What a screen reader says of a field: our label and our error cannot be tied to a frame from outside. */
    setAriaLabel: useCallback(
      (name: HostedFieldName, ariaLabel: string) => fields.current[name]?.update({ ariaLabel }),
      [],
    ),
    retry: () => setAttempt((before) => before + 1),
    tokenize,
  };
}

const NO_RESPONSE: VaultResponse = { status: null, body: undefined };

/** Asks once. No answer in time counts as none: the alias that may still come is made and forgotten. */
function fetchVaultResponse(form: CollectForm, mode: VaultSettings['mode']): Promise<VaultResponse> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(NO_RESPONSE), RESPONSE_TIMEOUT_MS);
    const complete = (response: VaultResponse) => {
      clearTimeout(timer);
      resolve(response);
    };
    const onResponse = (status: number, body: unknown) => complete({ status, body });
    const onError = () => complete(NO_RESPONSE);
    if (mode === 'tokenize') form.tokenize(onResponse, onError);
    else form.submit('/post', {}, onResponse, onError);
  });
}
