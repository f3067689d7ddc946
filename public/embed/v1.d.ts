/** Types of the element that `/embed/v1.js` defines (docs/embedding.md). */

export type RemittanceStep = 'identity' | 'address' | 'payment' | 'card' | 'review';

/** The `detail` of each event. No event carries an answer or the session link. */
export interface RemittanceEventDetails {
  /** The journey has started in the frame. Once per token. */
  ready: Record<string, never>;
  /** Height of the content in CSS pixels. The element has already taken it. */
  resize: { height: number };
  /** The customer sees this step. `review` is the last page, which opens in the whole window. */
  step: { step: RemittanceStep };
  /** The application has ended. Your server learns it for certain, not from this event. */
  done: { result: 'delivered' | 'refused' };
  /**
   * The journey does not run in the frame. For `timeout` and `cookies` the element opens it in the whole tab after the event, unless
   * `preventDefault` was called. After `link-refused` the customer can start without the link.
   */
  error: { reason: 'timeout' | 'cookies' | 'link-refused' };
  /** The customer has pressed the last button in the frame: the browser leaves your page. */
  exit: { reason: 'last-page' };
}

export type RemittanceEventMap = {
  [Type in keyof RemittanceEventDetails]: CustomEvent<RemittanceEventDetails[Type]>;
};

export interface RemittanceOnboardingElement extends HTMLElement {
  addEventListener<Type extends keyof RemittanceEventMap>(
    type: Type,
    listener: (this: RemittanceOnboardingElement, event: RemittanceEventMap[Type]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'remittance-onboarding': RemittanceOnboardingElement;
  }
}
