'use client';

import { useLayoutEffect, useState } from 'react';

type StatefulElement = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement | HTMLDetailsElement;

const FIELD_SELECTOR = 'input:not([type=hidden]), select, textarea, details';

/** A layout that is mounted later, for another language, shows another page: its values are its own. */
let isFirstPage = true;

/** A choice has its name in common with others; its value is its own. */
const isChoice = (field: StatefulElement): field is HTMLInputElement =>
  field instanceof HTMLInputElement && /^(radio|checkbox)$/.test(field.type);

/** The fields of the page by what they are, and of equal ones by their order. */
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
  // E-mails and dates have no selection (HTML, "do not apply").
  if (source.selectionStart !== null) target.setSelectionRange(source.selectionStart, source.selectionEnd);
}

/**
 * Keeps what was typed before the script arrived. When a translator or an extension has changed the page by then, React
 * draws it anew (hydration error) and the fields are other elements. The elements of the server's page, which the browser
 * still holds, are copied into those before effects read them. It has to be the last child of the body: layout effects
 * run in the order of the page.
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
