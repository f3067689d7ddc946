'use client';

import { useLayoutEffect, useState } from 'react';

type StatefulElement = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement | HTMLDetailsElement;

const FIELD_SELECTOR = 'input:not([type=hidden]), select, textarea, details';

/** False for layouts that mount later, for another language: they show another page with its own values. */
let isFirstPage = true;

/** Returns whether the field is a choice, which shares its name with others and differs by its value. */
const isChoice = (field: StatefulElement): field is HTMLInputElement =>
  field instanceof HTMLInputElement && /^(radio|checkbox)$/.test(field.type);

/** Returns the page's fields by element, id, name and value; the position distinguishes equal ones. */
function getFields(): Map<string, StatefulElement> {
  const fields = new Map<string, StatefulElement>();
  for (const field of document.querySelectorAll<StatefulElement>(FIELD_SELECTOR)) {
    const name = [field.localName, field.id, field.getAttribute('name'), isChoice(field) ? field.value : ''].join();
    let position = 0;
    while (fields.has(`${name},${position}`)) position += 1;
    fields.set(`${name},${position}`, field);
  }
  return fields;
}

function applyState(source: StatefulElement, target: StatefulElement): void {
  if (source instanceof HTMLDetailsElement) {
    target.toggleAttribute('open', source.open);
  } else if (isChoice(source)) {
    if (isChoice(target)) target.checked = source.checked;
  } else if (!(target instanceof HTMLDetailsElement)) {
    target.value = source.value;
  }
}

function setFocus(source: StatefulElement, target: StatefulElement): void {
  target.focus({ preventScroll: true });
  if (!(source instanceof HTMLInputElement && target instanceof HTMLInputElement)) return;
  // Inputs for e-mails and dates have no selection (HTML, "do not apply").
  if (source.selectionStart !== null) target.setSelectionRange(source.selectionStart, source.selectionEnd);
}

/**
 * Restores input from before the script arrived. If a translator or an extension has changed the page, React replaces its
 * elements (hydration error); this copies the values of the old elements before effects read them. It must be the last child
 * of the body, since layout effects run in the order of the page.
 */
export function RestoreInputState() {
  const [initialPage] = useState(() =>
    typeof document !== 'undefined' && isFirstPage
      ? { fields: getFields(), focused: document.activeElement }
      : undefined,
  );
  useLayoutEffect(() => {
    if (!initialPage || !isFirstPage) return;
    isFirstPage = false;
    const currentFields = getFields();
    for (const [name, source] of initialPage.fields) {
      const target = currentFields.get(name);
      if (source.isConnected || !target) continue;
      applyState(source, target);
      if (source === initialPage.focused) setFocus(source, target);
    }
  }, [initialPage]);
  return null;
}
