/*! <remittance-onboarding token="…" lang="es">: see docs/embedding.md. This file never changes; a new version has a new name. */
(() => {
  const ORIGIN = new URL(document.currentScript.src).origin;
  const READY_LIMIT_MS = 15_000;
  const EVENTS = ['ready', 'resize', 'step', 'done', 'error', 'exit'];
  const TITLES = { es: 'Registro', en: 'Registration' };

  class RemittanceOnboarding extends HTMLElement {
    static observedAttributes = ['token'];
    #url;
    #frame;
    #timer;
    #isReady;

    connectedCallback() {
      addEventListener('message', this.#receive);
      this.#start();
    }

    disconnectedCallback() {
      removeEventListener('message', this.#receive);
      clearTimeout(this.#timer);
      this.#frame?.remove();
      this.#url = this.#frame = undefined;
    }

    attributeChangedCallback() {
      if (this.isConnected) this.#start();
    }

    #start() {
      const token = this.getAttribute('token');
      const lang = /^(es|en)(?=-|$)/i.exec(this.lang)?.[0].toLowerCase();
      // A fragment reaches no server, log or referrer.
      const url = `${ORIGIN}/partner${lang ? `?lang=${lang}` : ''}#${token}`;
      if (!token || url === this.#url) return;
      this.#url = url;
      this.#isReady = false;
      this.#frame?.remove();
      const frame = document.createElement('iframe');
      frame.title = this.title || TITLES[lang ?? 'es'];
      frame.style.cssText = 'display:block;width:100%;height:40rem;border:0';
      // A page of another origin has no camera and asks no wallet unless the frame's element allows it (W3C Permissions Policy).
      frame.allow = 'camera; digital-credentials-get';
      // The page in the frame answers to the origin that says hello, if the front door lists it.
      frame.onload = () => frame.contentWindow.postMessage({ remittance: 'hello' }, ORIGIN);
      frame.src = url;
      this.#frame = frame;
      this.append(frame);
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#fail('timeout'), READY_LIMIT_MS);
    }

    #receive = ({ source, origin, data }) => {
      if (origin !== ORIGIN || !this.#frame || source !== this.#frame.contentWindow) return;
      const { remittance: type, ...detail } = data ?? {};
      if (!EVENTS.includes(type)) return;
      if (type === 'ready') {
        clearTimeout(this.#timer);
        if (this.#isReady) return;
        this.#isReady = true;
      }
      if (type === 'error') return this.#fail(detail.reason);
      if (type === 'resize') this.#frame.style.height = `${Number(detail.height)}px`;
      if (type === 'step' && this.getBoundingClientRect().top < 0) this.scrollIntoView();
      this.#dispatch(type, detail);
    };

    /** Opens the front door in the whole tab where a frame does not work, unless the page prevents it. */
    #fail(reason) {
      const url = this.#url;
      if (this.#dispatch('error', { reason }) && reason !== 'link-refused') location.assign(url);
    }

    #dispatch(type, detail) {
      return this.dispatchEvent(new CustomEvent(type, { detail, cancelable: type === 'error' }));
    }
  }

  if (!customElements.get('remittance-onboarding'))
    customElements.define('remittance-onboarding', RemittanceOnboarding);
})();
