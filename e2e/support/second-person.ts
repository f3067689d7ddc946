/** The customer's second person, which an agent would take for their own. */
export const SECOND_PERSON = {
  es: /(?<!\p{L})(tú|tus?|te|ti|contigo|eres|tienes|mi|mis|tengo|prefiero)(?!\p{L})/iu,
  en: /\b(your|yours|yourself|you have|are you|my|I’d|I have only|I have no)\b/i,
};
