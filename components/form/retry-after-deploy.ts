/** Marks a journey's form, so that a page that has been replaced finds it in the one that replaced it. */
export const JOURNEY_FORM = 'data-journey-form';

/** A page as a document that nothing runs in. The request parses it: text that becomes markup is what Trusted Types refuse. */
const ask = (url: string) =>
  new Promise<Document>((resolve, reject) => {
    const asked = new XMLHttpRequest();
    asked.open('GET', url);
    asked.responseType = 'document';
    asked.onload = () => (asked.responseXML ? resolve(asked.responseXML) : reject(new Error('No page')));
    asked.onerror = () => reject(new Error('No answer'));
    asked.send();
  });

/**
 * Sends a form whose page is older than the server: a release came in between and the server no longer knows the page's
 * actions. The page is asked for anew, for the address of today's action alone, and what was typed is posted there as a
 * browser without script would. The old action was not run, so nothing happens twice.
 *
 * @throws when the page cannot be had or no longer has the form
 */
export async function postToNewBuild(form: FormData): Promise<void> {
  const page = await ask(location.href);
  const action = page.querySelectorAll<HTMLInputElement>(`form[${JOURNEY_FORM}] input[type=hidden][name^="$ACTION"]`);
  if (action.length === 0) throw new Error('The new page has no such form');
  const plain = document.createElement('form');
  plain.method = 'post';
  plain.enctype = 'multipart/form-data';
  plain.hidden = true;
  const add = (name: string, value: string) => {
    const input = document.createElement('input');
    input.type = 'hidden';
    input.name = name;
    input.value = value;
    plain.append(input);
  };
  for (const { name, value } of action) add(name, value);
  for (const [name, value] of form) if (typeof value === 'string' && !name.startsWith('$ACTION')) add(name, value);
  document.body.append(plain);
  plain.submit();
}
