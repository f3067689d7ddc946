/**
 * One page of a browser as a person uses it. Elements are found by XPath; each call waits until one is visible and throws
 * when none is after `MAX_WAIT_MS`.
 */
export type BrowserPage = {
  goto: (url: string) => Promise<void>;
  getUrl: () => Promise<string>;
  getText: (xpath: string) => Promise<string>;
  /** Reads the value of a field, a hidden one too. */
  getValue: (xpath: string) => Promise<string>;
  click: (xpath: string) => Promise<void>;
  /**
   * Types into a field, or chooses the option with this text from a list.
   *
   * @param frameXpath the frame that the field is in, if it is in one
   */
  fill: (xpath: string, text: string, frameXpath?: string) => Promise<void>;
  takePicture: () => Promise<Buffer>;
  /** Console errors and exceptions since the page was opened; `undefined` where the engine does not report them. */
  errors: readonly string[] | undefined;
};

/** A started engine. Each page has cookies of its own. */
export type RunningEngine = { openPage: () => Promise<BrowserPage>; stop: () => Promise<void> };

export type Engine = {
  name: string;
  /** Programs that have to be on the path. */
  programs: readonly string[];
  /** Debian packages that contain the programs. */
  packages: readonly string[];
  start: () => Promise<RunningEngine>;
};

/** A busy machine with two cores must not fail a correct journey. */
export const MAX_WAIT_MS = 30_000;
/** A small phone, in CSS pixels. */
export const VIEWPORT = { width: 360, height: 740 };
