'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { VaultSettings } from '../../config/vendor-settings.ts';
import { sendBrowserReport } from '../../observability/send-browser-report.ts';
import type { CollectField, CollectForm, CollectState } from './collect.ts';
import { loadCollect } from './load-collect.ts';
import { HOSTED_FIELDS, parseVaultResponse, type VaultResponse } from './parse-vault-response.ts';

export type HostedFieldName = keyof typeof HOSTED_FIELDS;
export type HostedFieldOptions = Record<HostedFieldName, { selector: string; ariaLabel: string; placeholder: string }>;

/** After this time the page offers other payment methods. */
const SLOW_AFTER_MS = 5_000;
/** A field that reports no state within this time will not appear. */
const FIELD_TIMEOUT_MS = 10_000;
const RESPONSE_TIMEOUT_MS = 30_000;

/**
 * `tokenization` applies to `tokenize` mode: `UUID` aliases, because the default formats look like card data, a volatile
 * security code, and a plain expiry (docs/vendor-notes.md#13-vgs-aliases).
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

/** Returns style values for VGS's frames, which page CSS cannot reach. 16 px keeps iOS from zooming. */
function getFieldStyle(element: Element | null): Record<string, string> {
  const style = element && getComputedStyle(element);
  return { 'font-size': '16px', color: style?.color ?? '', 'font-family': 'system-ui, sans-serif' };
}

type FieldsHandlers = {
  onState: (state: CollectState) => void;
  onReady: () => void;
  onFailure: (report: 'vault.script' | 'vault.fields') => void;
};
type MountedFields = {
  form?: CollectForm;
  fields: Partial<Record<HostedFieldName, CollectField>>;
  unmount: () => void;
};

/** Loads the script and mounts the fields. All fields must report a state within `FIELD_TIMEOUT_MS`. */
function mountFields(settings: VaultSettings, options: HostedFieldOptions, handlers: FieldsHandlers): MountedFields {
  let isUnmounted = false;
  let timer: ReturnType<typeof setTimeout>;
  const mounted: MountedFields = {
    fields: {},
    unmount: () => {
      isUnmounted = true;
      clearTimeout(timer);
      mounted.form?.unmount();
    },
  };
  const handleState = (state: CollectState) => {
    if (isUnmounted) return;
    handlers.onState({ ...state });
    if (FIELD_NAMES.some((name) => !state[HOSTED_FIELDS[name]])) return;
    clearTimeout(timer);
    handlers.onReady();
  };
  loadCollect(settings).then(
    (collect) => {
      if (isUnmounted) return;
      const form = collect.create(settings.vaultId, settings.environment, handleState);
      if (settings.routeId) form.setRouteId(settings.routeId);
      mounted.form = form;
      timer = setTimeout(() => handlers.onFailure('vault.fields'), FIELD_TIMEOUT_MS);
      for (const name of FIELD_NAMES) {
        const { selector, ...labels } = options[name];
        const css = getFieldStyle(document.querySelector(selector));
        const fieldOptions = { ...FIELD_OPTIONS[name], ...labels, name: HOSTED_FIELDS[name], css };
        mounted.fields[name] = form.field(selector, fieldOptions);
      }
    },
    () => isUnmounted || handlers.onFailure('vault.script'),
  );
  return mounted;
}

/** Mounts the vault's fields into the page, follows their state, and creates the aliases. */
export function useHostedFields(settings: VaultSettings, options: HostedFieldOptions) {
  const [status, setStatus] = useState<'loading' | 'slow' | 'ready' | 'failed'>('loading');
  const [state, setState] = useState<CollectState>({});
  const [attempt, setAttempt] = useState(0);
  const mountedFields = useRef<MountedFields>(null);
  const latest = useRef({ settings, options });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt mounts all fields again
  useEffect(() => {
    setStatus('loading');
    setState({});
    const slowTimer = setTimeout(() => setStatus((before) => (before === 'loading' ? 'slow' : before)), SLOW_AFTER_MS);
    const mounted = mountFields(latest.current.settings, latest.current.options, {
      onState: setState,
      onReady: () => setStatus('ready'),
      onFailure: (report) => {
        sendBrowserReport(report);
        setStatus('failed');
      },
    });
    mountedFields.current = mounted;
    return () => {
      clearTimeout(slowTimer);
      mounted.unmount();
      mountedFields.current = null;
    };
  }, [attempt]);

  const numberState = state[HOSTED_FIELDS.number];
  const tokenize = useCallback(
    () => createAliases(mountedFields.current?.form, latest.current.settings, numberState),
    [numberState],
  );

  return {
    status,
    getFieldState: (name: HostedFieldName) => state[HOSTED_FIELDS[name]],
    setFocus: (name: HostedFieldName) => mountedFields.current?.fields[name]?.focus(),
    /** Sets the screen reader's text: our label and error cannot be linked to a field inside a frame. */
    setAriaLabel: useCallback(
      (name: HostedFieldName, ariaLabel: string) => mountedFields.current?.fields[name]?.update({ ariaLabel }),
      [],
    ),
    retry: () => setAttempt((before) => before + 1),
    tokenize,
  };
}

const NO_RESPONSE: VaultResponse = { status: null, body: undefined };

/** Creates the card's aliases and reports a fault of the vault. */
async function createAliases(
  form: CollectForm | undefined,
  { environment, mode }: VaultSettings,
  numberState: CollectState[string],
) {
  const response = form ? await fetchVaultResponse(form, mode) : NO_RESPONSE;
  const result = parseVaultResponse(
    response,
    { last4: numberState?.last4, brand: numberState?.cardType },
    { environment: environment.startsWith('live') ? 'live' : 'sandbox', mode },
  );
  if ('fault' in result && result.fault) sendBrowserReport(result.fault);
  return result;
}

/** Submits once. After the timeout a late alias is ignored. */
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
