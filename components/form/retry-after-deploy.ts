/** Marks a journey's form, so that a page that has been replaced finds it in the one that replaced it. */
export const JOURNEY_FORM_ATTRIBUTE = 'data-journey-form';

/** A page as a document that nothing runs in. The request parses it: text that becomes markup is what Trusted Types refuse. */
const fetchPage = (url: string) =>
  new Promise<Document>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('GET', url);
    request.responseType = 'document';
    request.onload = () => (request.responseXML ? resolve(request.responseXML) : reject(new Error('No page')));
    request.onerror = () => reject(new Error('No answer'));
    request.send();
  });

/**
 * Sends a form whose page is older than the server: a release came in between and the server no longer knows the page's
 * actions. The page is asked for anew, for the address of today's action alone, and what was typed is posted there as a
 * browser without script would. The old action was not run, so nothing happens twice.
 *
 * @throws when the page cannot be had or no longer has the form
 */
export async function retryAfterDeploy(form: FormData): Promise<void> {
  const page = await fetchPage(location.href);
  const actionInputs = page.querySelectorAll<HTMLInputElement>(
    `form[${JOURNEY_FORM_ATTRIBUTE}] input[type=hidden][name^="$ACTION"]`,
  );
  if (actionInputs.length === 0) throw new Error('The new page has no such form');
  const newForm = document.createElement('form');
  newForm.method = 'post';
  newForm.enctype = 'multipart/form-data';
  newForm.hidden = true;
  const add = (name: string, value: string) => {
    const input = document.createElement('input');
    input.type = 'hidden';
    input.name = name;
    input.value = value;
    newForm.append(input);
  };
  for (const { name, value } of actionInputs) add(name, value);
  for (const [name, value] of form) if (typeof value === 'string' && !name.startsWith('$ACTION')) add(name, value);
  document.body.append(newForm);
  newForm.submit();
}
