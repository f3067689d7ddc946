/** Stand-in for the Maps JavaScript API's script and the places data behind it. `../README.md` describes it. */
import { readFileSync } from 'node:fs';
import { applyNext, Control } from '../control.ts';
import { announceReady, type Call, CORS_HEADERS, listen, sendResponse } from '../http.ts';

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

const normalizeText = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** A typed text that is one of these words gets that failure. Ours: Google publishes no magic input. */
const FAILURES: Record<string, [number, string]> = {
  'sandbox quota': [429, 'RESOURCE_EXHAUSTED'],
  'sandbox denied': [403, 'PERMISSION_DENIED'],
  'sandbox down': [503, 'UNAVAILABLE'],
};

const getCountry = (place: Place) =>
  place.addressComponents.find(({ types }) => types.includes('country'))?.shortText ?? '';

/**
 * Every typed word must begin a word of the address, in any order, in one of the asked countries. A number that no
 * address has is passed over: a street is found without its house.
 */
function findMatches(input: string, regions: readonly string[] | undefined): Place[] {
  const words = normalizeText(input)
    .split(/[\s,]+/)
    .filter(Boolean);
  const findWithWords = (requiredWords: readonly string[]) =>
    places.filter((place) => {
      if (regions && !regions.includes(getCountry(place))) return false;
      const target = normalizeText(`${place.mainText} ${place.secondaryText}`).split(/[\s,]+/);
      return requiredWords.every((word) => target.some((part) => part.startsWith(word)));
    });
  const matches = findWithWords(words);
  const nonNumericWords = words.filter((word) => !/^\d+$/.test(word));
  return matches.length > 0 || nonNumericWords.length === 0 ? matches : findWithWords(nonNumericWords);
}

function toPrediction(place: Place, input: string) {
  const main = normalizeText(place.mainText);
  const matches = normalizeText(input)
    .split(/[\s,]+/)
    .filter((word) => word !== '' && main.includes(word))
    .map((word) => ({ startOffset: main.indexOf(word), endOffset: main.indexOf(word) + word.length }))
    .sort((a, b) => a.startOffset - b.startOffset);
  const { id: placeId, mainText, secondaryText, types } = place;
  return { placeId, mainText, secondaryText, types, matches };
}

async function handleCall(call: Call): Promise<void> {
  const { request, response, url } = call;
  if (request.method === 'OPTIONS') return sendResponse(response, 204, '', CORS_HEADERS);
  if (request.method === 'GET' && url.pathname === '/maps/api/js') {
    control.record('script', call);
    return sendResponse(response, 200, script, { ...CORS_HEADERS, 'content-type': 'text/javascript; charset=utf-8' });
  }
  if (request.method !== 'POST') return sendResponse(response, 404, { error: { status: 'NOT_FOUND' } }, CORS_HEADERS);
  const body = JSON.parse(call.body) as {
    input?: string;
    id?: string;
    fields?: string[];
    includedRegionCodes?: string[];
  };
  const key = body.input ?? body.id ?? '';
  const entry = control.record(key, call);
  const next = control.takeNext(key);
  if (await applyNext(call, entry, next && { ...next, headers: { ...CORS_HEADERS, ...next.headers } })) return;
  if (url.pathname === '/autocomplete') {
    const failure = FAILURES[key];
    if (failure) return sendResponse(response, failure[0], { error: { status: failure[1] } }, CORS_HEADERS);
    const suggestions = findMatches(key, body.includedRegionCodes)
      .slice(0, 5)
      .map((place) => toPrediction(place, key));
    return sendResponse(response, 200, { suggestions }, CORS_HEADERS);
  }
  const place = places.find(({ id }) => id === body.id);
  if (url.pathname !== '/place' || !place)
    return sendResponse(response, 404, { error: { status: 'NOT_FOUND' } }, CORS_HEADERS);
  sendResponse(
    response,
    200,
    Object.fromEntries((body.fields ?? []).map((field) => [field, place[field]])),
    CORS_HEADERS,
  );
}

const origin = await listen('SANDBOX_MAPS_PORT', 4020, handleCall);
const controlOrigin = await control.serve('SANDBOX_MAPS_CONTROL_PORT', 4022);
announceReady({ maps: origin, mapsControl: controlOrigin });
