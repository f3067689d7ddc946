// Stand-in for the Maps JavaScript API, places library only: the surface that an address search touches.
// It asks its own origin for predictions and places over the network, as the real one does.
(() => {
  const script = document.currentScript;
  const url = new URL(script.src);
  const origin = url.origin;
  const callback = url.searchParams.get('callback');

  class MapsRequestError extends Error {
    constructor(code) {
      super(`Places request failed: ${code}`);
      this.name = 'MapsRequestError';
      this.code = code;
    }
  }

  async function ask(path, body) {
    const response = await fetch(origin + path, { method: 'POST', body: JSON.stringify(body) });
    const data = await response.json();
    if (!response.ok) throw new MapsRequestError(data.error.status);
    return data;
  }

  class LatLng {
    constructor({ lat, lng }) {
      this.lat = () => lat;
      this.lng = () => lng;
    }
    toJSON() {
      return { lat: this.lat(), lng: this.lng() };
    }
  }

  class LatLngBounds {
    constructor(box) {
      this.toJSON = () => ({ ...box });
    }
  }

  const FIELDS = new Set([
    ...['addressComponents', 'formattedAddress', 'location', 'viewport', 'postalAddress', 'types', 'plusCode'],
    'displayName',
  ]);
  const build = { location: (value) => new LatLng(value), viewport: (value) => new LatLngBounds(value) };

  class Place {
    #token;
    constructor({ id, sessionToken }) {
      this.id = id;
      this.#token = sessionToken;
    }
    async fetchFields({ fields }) {
      for (const field of fields) {
        if (!FIELDS.has(field)) throw new Error(`InvalidValueError: unknown field ${field}`);
      }
      const data = await ask('/place', { id: this.id, fields, sessionToken: this.#token?.value });
      this.#token = undefined;
      for (const field of fields)
        this[field] = data[field] ? (build[field]?.(data[field]) ?? data[field]) : data[field];
      return { place: this };
    }
    toJSON() {
      return JSON.parse(JSON.stringify({ ...this }));
    }
  }

  class FormattableText {
    constructor(text, matches = []) {
      this.text = text;
      this.matches = matches;
    }
    toString() {
      return this.text;
    }
  }

  class PlacePrediction {
    #sessionToken;
    constructor(data, sessionToken) {
      this.placeId = data.placeId;
      this.mainText = new FormattableText(data.mainText, data.matches);
      this.secondaryText = new FormattableText(data.secondaryText);
      this.text = new FormattableText(`${data.mainText}, ${data.secondaryText}`, data.matches);
      this.types = data.types;
      this.#sessionToken = sessionToken;
    }
    toPlace() {
      return new Place({ id: this.placeId, sessionToken: this.#sessionToken });
    }
  }

  class AutocompleteSessionToken {
    value = crypto.randomUUID();
  }

  const AutocompleteSuggestion = {
    async fetchAutocompleteSuggestions(request) {
      if (typeof request.input !== 'string') throw new Error('InvalidValueError: input');
      const { sessionToken, ...rest } = request;
      const data = await ask('/autocomplete', { ...rest, sessionToken: sessionToken?.value });
      return {
        suggestions: data.suggestions.map((item) => ({ placePrediction: new PlacePrediction(item, sessionToken) })),
      };
    },
  };

  const places = { AutocompleteSessionToken, AutocompleteSuggestion, Place };
  window.google ??= {};
  window.google.maps = {
    version: 'sandbox',
    places,
    LatLng,
    LatLngBounds,
    MapsRequestError,
    importLibrary: async (name) => (name === 'places' ? places : {}),
  };
  if (callback) window[callback]?.();
})();
