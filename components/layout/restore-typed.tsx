'use client';

import { useLayoutEffect, useState } from 'react';

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement | HTMLDetailsElement;

const FIELDS = 'input:not([type=hidden]), select, textarea, details';

/** A layout that is mounted later, for another language, shows another page: its values are its own. */
let isFirstPage = true;

/** A choice has its name in common with others; its value is its own. */
const isChoice = (field: Field): field is HTMLInputElement =>
  field instanceof HTMLInputElement && /^(radio|checkbox)$/.test(field.type);

/** The fields of the page by what they are, and of equal ones by their order. */
function getFields(): Map<string, Field> {
  const found = new Map<string, Field>();
  for (const field of document.querySelectorAll<Field>(FIELDS)) {
    const name = [field.localName, field.id, field.getAttribute('name'), isChoice(field) ? field.value : ''].join();
    let place = 0;
    while (found.has(`${name},${place}`)) place += 1;
    found.set(`${name},${place}`, field);
  }
  return found;
}

function copyState(from: Field, to: Field): void {
  if (from instanceof HTMLDetailsElement) {
    to.toggleAttribute('open', from.open);
  } else if (isChoice(from)) {
    if (isChoice(to)) to.checked = from.checked;
  } else if (!(to instanceof HTMLDetailsElement)) {
    to.value = from.value;
  }
}

function moveFocus(from: Field, to: Field): void {
  to.focus({ preventScroll: true });
  if (!(from instanceof HTMLInputElement && to instanceof HTMLInputElement)) return;
  // E-mails and dates have no selection (HTML, "do not apply").
  if (from.selectionStart !== null) to.setSelectionRange(from.selectionStart, from.selectionEnd);
}

/**
 * Keeps what was typed before the script arrived. When a translator or an extension has changed the page by then, React
 * draws it anew (hydration error) and the fields are other elements. The elements of the server's page, which the browser
 * still holds, are copied into those before effects read them. It has to be the last child of the body: layout effects
 * run in the order of the page.
 */
export function RestoreTyped() {
  const [before] = useState(() =>
    typeof document !== 'undefined' && isFirstPage
      ? { fields: getFields(), focused: document.activeElement }
      : undefined,
  );
  useLayoutEffect(() => {
    if (!before || !isFirstPage) return;
    isFirstPage = false;
    const now = getFields();
    for (const [name, from] of before.fields) {
      const to = now.get(name);
      if (from.isConnected || !to) continue;
      copyState(from, to);
      if (from === before.focused) moveFocus(from, to);
    }
  }, [before]);
  return null;
}
