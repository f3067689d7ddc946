/** The environment is not good enough to start. It names variables and never shows a value: some of them are secrets. */
export class ConfigurationError extends Error {
  override name = 'ConfigurationError';

  /** @param names of the variables, with more about one of them where a file or a server says what is wrong */
  constructor(names: string) {
    super(`Missing or wrong in the environment: ${names}`);
  }
}
