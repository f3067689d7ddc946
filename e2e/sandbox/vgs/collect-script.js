// Stand-in for VGS Collect's page script. Every field is a frame of this script's own origin; the page hears only
// states, and values move between the frames alone.
(() => {
  const base = new URL('.', document.currentScript.src).href;
  const origin = new URL(base).origin;

  class Field {
    #form;
    #listeners = {};
    constructor(form, selector, options) {
      this.#form = form;
      this.options = options;
      this.id = `${form.id}-${options.name}`;
      const host = document.querySelector(selector);
      if (!host) throw new Error(`VGS Collect: no element matches ${selector}`);
      this.iframe = document.createElement('iframe');
      this.iframe.src = `${base}field.html#${this.id}`;
      this.iframe.title = options.ariaLabel ?? options.name;
      this.iframe.setAttribute('frameborder', '0');
      this.iframe.setAttribute('scrolling', 'no');
      host.append(this.iframe);
    }
    tell(type, data = {}) {
      this.iframe.contentWindow?.postMessage({ to: this.id, type, ...data }, origin);
    }
    heard(type, data) {
      for (const listener of this.#listeners[type] ?? []) listener(data);
    }
    on(type, listener) {
      this.#listeners[type] = [...(this.#listeners[type] ?? []), listener];
      return this;
    }
    off(type, listener) {
      this.#listeners[type] = (this.#listeners[type] ?? []).filter((one) => one !== listener);
      return this;
    }
    update(options) {
      this.options = { ...this.options, ...options };
      this.tell('options', { options: this.options });
      return this;
    }
    focus() {
      this.iframe.focus();
      this.tell('focus');
      return this;
    }
    reset() {
      this.tell('reset');
      return this;
    }
    delete() {
      this.iframe.remove();
      this.#form.forget(this);
      return this;
    }
    mask() {
      return this;
    }
    replacePattern() {
      return this;
    }
    prefill() {
      return this;
    }
  }

  class Form {
    #fields = new Map();
    #state = {};
    #stateCallback;
    #route;
    #submission = 0;
    #onMessage;
    constructor(vaultId, environment, stateCallback) {
      this.id = `form-${crypto.randomUUID()}`;
      this.vaultId = vaultId;
      this.environment = environment;
      this.#stateCallback = stateCallback;
      this.#onMessage = (event) => this.#hear(event);
      window.addEventListener('message', this.#onMessage);
    }
    #hear(event) {
      if (event.origin !== origin) return;
      const field = this.#fields.get(event.data?.from);
      if (!field || event.source !== field.iframe.contentWindow) return;
      const { type, state } = event.data;
      if (type === 'ready') field.tell('options', { options: field.options });
      if (type === 'state') {
        this.#state = { ...this.#state, [state.name]: state };
        field.heard('update', state);
        this.#stateCallback?.(this.#state);
      }
      if (type === 'focus' || type === 'blur') field.heard(type, state);
    }
    field(selector, options) {
      const field = new Field(this, selector, options);
      this.#fields.set(field.id, field);
      return field;
    }
    forget(field) {
      this.#fields.delete(field.id);
      const { [field.options.name]: _gone, ...rest } = this.#state;
      this.#state = rest;
    }
    submit(path, options, ok, failed) {
      return this.#send(path, options, ok, failed);
    }
    tokenize(ok, failed) {
      return this.#send('/tokens', {}, ok, failed);
    }
    createAliases(_options, ok, failed) {
      return this.#send('/aliases', {}, ok, failed);
    }
    #send(path, options, ok, failed) {
      const fields = [...this.#fields.values()];
      const invalid = Object.fromEntries(Object.entries(this.#state).filter(([, state]) => !state.isValid));
      const silent = fields.filter(({ options: { name } }) => !this.#state[name]);
      if (Object.keys(invalid).length > 0 || silent.length > 0) {
        failed?.(invalid);
        return Promise.reject(invalid).catch(() => undefined);
      }
      const submission = ++this.#submission;
      return new Promise((resolve) => {
        const done = (event) => {
          if (event.origin !== origin || event.data?.type !== 'submitted') return;
          if (event.data.form !== this.id || event.data.submission !== submission) return;
          window.removeEventListener('message', done);
          const { status, body } = event.data;
          if (status === null) failed?.({ status: null, statusText: 'Network Error' });
          else ok?.(status, body);
          resolve({ status, data: body });
        };
        window.addEventListener('message', done);
        const host = this.#route ? `${this.vaultId}-${this.#route}` : this.vaultId;
        fields[0].tell('submit', {
          submission,
          form: this.id,
          path,
          vault: `${host}.${this.environment}`,
          data: options?.data ?? {},
          fields: fields.map(({ id, options: { name, tokenization } }) => ({ id, name, tokenization })),
        });
      });
    }
    setRouteId(route) {
      this.#route = route;
    }
    on() {}
    off() {}
    useCname() {}
    setAuthToken() {}
    reset() {
      for (const field of this.#fields.values()) field.reset();
    }
    unmount() {
      window.removeEventListener('message', this.#onMessage);
      for (const field of [...this.#fields.values()]) field.delete();
    }
  }

  window.VGSCollect = {
    create: (vaultId, environment, stateCallback) => new Form(vaultId, environment, stateCallback),
    session: async ({ vaultId, env, stateCallback }) => new Form(vaultId, env, stateCallback),
    logLevel() {},
  };
})();
