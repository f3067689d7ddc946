/** Marks a journey's form, so that a page that has been replaced finds it in the one that replaced it. */
export const JOURNEY_FORM = 'data-journey-form';

/**
 * Sends a form whose page is older than the server: a release came in between and the server no longer knows the page's
 * actions. The page is asked for anew, for the address of today's action alone, and what was typed is posted there as a
 * browser without script would. The old action was not run, so nothing happens twice.
 *
 * @throws when the page cannot be had or no longer has the form
 */
export async function postToNewBuild(form: FormData): Promise<void> {
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
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
