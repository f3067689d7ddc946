/** Marks a journey's form, so that a page of the previous version finds it in the new page. */
const ATTRIBUTE = 'data-journey-form';
export const JOURNEY_FORM_ATTRIBUTES = { [ATTRIBUTE]: '' };

/** Fetches a page as an inert document. The request parses it, because Trusted Types reject a text that becomes markup. */
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
 * Posts a form whose server action ended with a deployment. It reads the current action from a new copy of the page and posts
 * the values there like a browser without script. The old action did not run, so nothing happens twice.
 *
 * @throws when the page cannot be fetched or no longer has the form
 */
export async function retryAfterDeploy(form: FormData): Promise<void> {
  const page = await fetchPage(location.href);
  const actionInputs = page.querySelectorAll<HTMLInputElement>(
    `form[${ATTRIBUTE}] input[type=hidden][name^="$ACTION"]`,
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
