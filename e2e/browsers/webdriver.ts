// A client for the commands of W3C WebDriver that the journeys need (https://www.w3.org/TR/webdriver2/#endpoints).

const MAX_COMMAND_MS = 60_000;
/** The key under which WebDriver names an element, as the standard fixes it. */
const ELEMENT_KEY = 'element-6066-11e4-a52e-4f735466cecf';
type ElementReference = { [ELEMENT_KEY]: string };

/** An error that the driver reports, with the standard's code (`no such element`, …). */
export class WebDriverError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

async function sendCommand<T>(method: string, url: string, body?: object): Promise<T> {
  const signal = AbortSignal.timeout(MAX_COMMAND_MS);
  const response = await fetch(url, { method, signal, ...(body && { body: JSON.stringify(body) }) });
  const { value } = (await response.json()) as { value: T & { error: string; message: string } };
  if (!response.ok) throw new WebDriverError(value.error, value.message);
  return value;
}

/** One browser window that a driver controls. Elements are references that end with their document. */
export class WebDriverSession {
  readonly #url: string;

  private constructor(url: string) {
    this.#url = url;
  }

  /** @param capabilities that the browser must have */
  static async open(driverOrigin: string, capabilities: object): Promise<WebDriverSession> {
    const { sessionId } = await sendCommand<{ sessionId: string }>('POST', `${driverOrigin}/session`, {
      capabilities: { alwaysMatch: capabilities },
    });
    return new WebDriverSession(`${driverOrigin}/session/${sessionId}`);
  }

  #get = <T>(path: string) => sendCommand<T>('GET', `${this.#url}${path}`);
  #post = <T = null>(path: string, body: object = {}) => sendCommand<T>('POST', `${this.#url}${path}`, body);

  goto = (url: string) => this.#post('/url', { url });
  getUrl = () => this.#get<string>('/url');
  /** @returns a PNG */
  takePicture = async () => Buffer.from(await this.#get<string>('/screenshot'), 'base64');
  close = () => sendCommand('DELETE', this.#url);
  resize = (width: number, height: number) => this.#post('/window/rect', { width, height });

  async findAll(xpath: string): Promise<string[]> {
    const found = await this.#post<ElementReference[]>('/elements', { using: 'xpath', value: xpath });
    return found.map((reference) => reference[ELEMENT_KEY]);
  }

  getTag = (element: string) => this.#get<string>(`/element/${element}/name`);
  getProperty = (element: string, name: string) => this.#get<string>(`/element/${element}/property/${name}`);
  isDisplayed = (element: string) => this.#get<boolean>(`/element/${element}/displayed`);
  click = (element: string) => this.#post(`/element/${element}/click`);
  type = (element: string, text: string) => this.#post(`/element/${element}/value`, { text });
  /** @param script the body of a function that gets the element as its first argument */
  runOn = (element: string, script: string) =>
    this.#post('/execute/sync', { script, args: [{ [ELEMENT_KEY]: element }] });
  enterFrame = (element: string) => this.#post('/frame', { id: { [ELEMENT_KEY]: element } });
  leaveFrames = () => this.#post('/frame', { id: null });
}
