// One hosted field. The typed value never leaves this origin but for the submission that the first frame makes.
(() => {
  const id = location.hash.slice(1);
  const input = document.createElement('input');
  let options;
  let touched = false;
  let dirty = false;

  const digits = () => input.value.replace(/\D/g, '');
  const BRANDS = [
    ['visa', /^4/],
    ['mastercard', /^(5[1-5]|2[2-7])/],
    ['amex', /^3[47]/],
    ['discover', /^6(011|5)/],
    ['jcb', /^35/],
  ];
  const brandOf = (number) => BRANDS.find(([, start]) => start.test(number))?.[0] ?? 'unknown';

  function luhn(number) {
    const sum = [...number].reverse().reduce((total, char, at) => {
      const digit = Number(char) * (at % 2 ? 2 : 1);
      return total + (digit > 9 ? digit - 9 : digit);
    }, 0);
    return sum % 10 === 0;
  }

  function notPast(expiry) {
    const [, month, year] = /^(\d{2})(\d{2})$/.exec(expiry) ?? [];
    if (!month || Number(month) < 1 || Number(month) > 12) return false;
    const now = new Date();
    return (2000 + Number(year)) * 12 + Number(month) >= now.getFullYear() * 12 + now.getMonth() + 1;
  }

  const CHECKS = {
    required: [() => input.value !== '', 'is required'],
    validCardNumber: [() => /^\d{13,19}$/.test(digits()) && luhn(digits()), 'is not a valid card number'],
    validCardExpirationDate: [() => notPast(digits()), 'is not a valid expiration date'],
    validCardSecurityCode: [() => /^\d{3,4}$/.test(digits()), 'is not a valid security code'],
  };

  function state() {
    const failing = (options.validations ?? []).filter((name) => !CHECKS[name]?.[0]());
    const isValid = failing.length === 0;
    const number = options.type === 'card-number' && isValid ? digits() : null;
    return {
      name: options.name,
      isValid,
      isEmpty: input.value === '',
      isDirty: dirty,
      isTouched: touched,
      isFocused: document.activeElement === input,
      errorMessages: failing.map((name) => CHECKS[name][1]),
      errors: failing.map((name, at) => ({ code: 1000 + at, message: CHECKS[name][1], description: name })),
      ...(options.type === 'card-number' ? { cardType: brandOf(digits()) } : {}),
      ...(number ? { last4: number.slice(-4), bin: number.slice(0, 6) } : {}),
    };
  }

  // The page's origin is not known here; a state holds nothing secret, and the page checks where it came from.
  const tell = (type, data = {}) => parent.postMessage({ from: id, type, ...data }, '*');
  const report = () => tell('state', { state: state() });

  function format() {
    const typed = digits();
    if (options.type === 'card-number') input.value = typed.slice(0, 19).replace(/(\d{4})(?=\d)/g, '$1 ');
    if (options.type === 'card-expiration-date' && typed.length > 2)
      input.value = `${typed.slice(0, 2)} / ${typed.slice(2, 4)}`;
    if (options.type === 'card-security-code') input.value = typed.slice(0, 4);
  }

  function apply() {
    input.name = options.name;
    input.setAttribute('aria-label', options.ariaLabel ?? options.name);
    input.autocomplete = options.autoComplete ?? 'off';
    input.inputMode = options.inputMode ?? 'numeric';
    input.placeholder = options.placeholder ?? '';
    for (const [property, value] of Object.entries(options.css ?? {})) {
      if (typeof value === 'string') input.style.setProperty(property, value);
    }
    report();
  }

  window.vgsValue = { id, read: () => (options.type === 'card-expiration-date' ? input.value : digits()) };

  /** Only sibling frames of the same origin can be read from here. */
  function readValueOf(fieldId) {
    for (let at = 0; at < parent.length; at += 1) {
      try {
        if (parent[at].vgsValue?.id === fieldId) return parent[at].vgsValue.read();
      } catch {
        // a frame of another origin
      }
    }
    return '';
  }

  /** The vault's request: one entry for each field, except those that it returns unchanged. */
  const isTokenized = ({ tokenization }) => tokenization !== false;
  const wantedAliases = (fields, values) =>
    fields.filter(isTokenized).map(({ name, tokenization }) => ({
      value: values[name],
      format: tokenization?.format ?? 'UUID',
      storage: tokenization?.storage ?? 'PERSISTENT',
    }));
  /** The vault answers in the order of the request; the page gets aliases under the fields' names. */
  const aliasesByName = (fields, body) =>
    Object.fromEntries(fields.filter(isTokenized).map(({ name }, at) => [name, body?.data?.[at]?.aliases?.[0]?.alias]));

  async function submit({ form, submission, path, vault, data, fields }) {
    const values = Object.fromEntries(fields.map((field) => [field.name, readValueOf(field.id)]));
    let status = null;
    let body = null;
    try {
      const response = await fetch(`${location.origin}${path}?vault=${vault}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(path === '/post' ? { ...data, ...values } : { data: wantedAliases(fields, values) }),
      });
      status = response.status;
      body = await response.json().catch(() => null);
      if (response.ok && path !== '/post') body = { ...values, ...aliasesByName(fields, body) };
    } catch {
      // status stays null: a network error
    }
    parent.postMessage({ type: 'submitted', form, submission, status, body }, '*');
  }

  window.addEventListener('message', (event) => {
    if (event.source !== parent || event.data?.to !== id) return;
    const { type } = event.data;
    if (type === 'options') {
      options = event.data.options;
      if (!input.isConnected) document.body.append(input);
      apply();
    }
    if (type === 'focus') input.focus();
    if (type === 'submit') submit(event.data);
    if (type === 'reset') {
      input.value = '';
      report();
    }
  });
  input.addEventListener('input', () => {
    dirty = true;
    format();
    report();
  });
  input.addEventListener('focus', () => {
    tell('focus', { state: state() });
    report();
  });
  input.addEventListener('blur', () => {
    touched = true;
    tell('blur', { state: state() });
    report();
  });
  tell('ready');
})();
