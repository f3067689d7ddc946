/** A missing or wrong variable. The message names variables and never a value, which may be secret. */
export class ConfigurationError extends Error {
  override name = 'ConfigurationError';

  /** @param names of the variables, with the reason from a file or server if there is one */
  constructor(names: string) {
    super(`Missing or wrong in the environment: ${names}`);
  }
}
