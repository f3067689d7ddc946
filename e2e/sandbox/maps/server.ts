/** Stand-in for the Maps JavaScript API's script and the places data behind it. What it does is told in ../README.md. */
import { readFileSync } from 'node:fs';
import { applyNext, Control } from '../control.ts';
import { announce, answer, type Call, listen, openCors } from '../http.ts';

type Place = {
  id: string;
  mainText: string;
  secondaryText: string;
  types: string[];
  addressComponents: { shortText: string; types: string[] }[];
} & Record<string, unknown>;

const script = readFileSync(new URL('./maps-script.js', import.meta.url), 'utf8');
const places = JSON.parse(readFileSync(new URL('./places.json', import.meta.url), 'utf8')) as Place[];
const control = new Control();

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** A typed text that is one of these words gets that failure. Ours: Google publishes no magic input. */
const FAILURES: Record<string, [number, string]> = {
  'sandbox quota': [429, 'RESOURCE_EXHAUSTED'],
  'sandbox denied': [403, 'PERMISSION_DENIED'],
  'sandbox down': [503, 'UNAVAILABLE'],
};

const countryOf = (place: Place) =>
  place.addressComponents.find(({ types }) => types.includes('country'))?.shortText ?? '';

/**
 * Every typed word must begin a word of the address, in any order, in one of the asked countries. A number that no
 * address has is passed over: a street is found without its house.
 */
function matching(input: string, regions: readonly string[] | undefined): Place[] {
  const words = plain(input)
    .split(/[\s,]+/)
    .filter(Boolean);
  const withWords = (wanted: readonly string[]) =>
    places.filter((place) => {
      if (regions && !regions.includes(countryOf(place))) return false;
      const target = plain(`${place.mainText} ${place.secondaryText}`).split(/[\s,]+/);
      return wanted.every((word) => target.some((part) => part.startsWith(word)));
    });
  const found = withWords(words);
  const named = words.filter((word) => !/^\d+$/.test(word));
  return found.length > 0 || named.length === 0 ? found : withWords(named);
}

function prediction(place: Place, input: string) {
  const main = plain(place.mainText);
  const matches = plain(input)
    .split(/[\s,]+/)
    .filter((word) => word !== '' && main.includes(word))
    .map((word) => ({ startOffset: main.indexOf(word), endOffset: main.indexOf(word) + word.length }))
    .sort((one, other) => one.startOffset - other.startOffset);
  const { id: placeId, mainText, secondaryText, types } = place;
  return { placeId, mainText, secondaryText, types, matches };
}

async function serve(call: Call): Promise<void> {
  const { request, response, url } = call;
  if (request.method === 'OPTIONS') return answer(response, 204, '', openCors);
  if (request.method === 'GET' && url.pathname === '/maps/api/js') {
    control.record('script', call);
    return answer(response, 200, script, { ...openCors, 'content-type': 'text/javascript; charset=utf-8' });
  }
  if (request.method !== 'POST') return answer(response, 404, { error: { status: 'NOT_FOUND' } }, openCors);
  const body = JSON.parse(call.body) as {
    input?: string;
    id?: string;
    fields?: string[];
    includedRegionCodes?: string[];
  };
  const key = body.input ?? body.id ?? '';
  const entry = control.record(key, call);
  const next = control.takeNext(key);
  if (await applyNext(call, entry, next && { ...next, headers: { ...openCors, ...next.headers } })) return;
  if (url.pathname === '/autocomplete') {
    const failure = FAILURES[key];
    if (failure) return answer(response, failure[0], { error: { status: failure[1] } }, openCors);
    const suggestions = matching(key, body.includedRegionCodes)
      .slice(0, 5)
      .map((place) => prediction(place, key));
    return answer(response, 200, { suggestions }, openCors);
  }
  const place = places.find(({ id }) => id === body.id);
  if (url.pathname !== '/place' || !place) return answer(response, 404, { error: { status: 'NOT_FOUND' } }, openCors);
  answer(response, 200, Object.fromEntries((body.fields ?? []).map((field) => [field, place[field]])), openCors);
}

const origin = await listen('SANDBOX_MAPS_PORT', 4020, serve);
const controlOrigin = await control.serve('SANDBOX_MAPS_CONTROL_PORT', 4022);
announce({ maps: origin, mapsControl: controlOrigin });
