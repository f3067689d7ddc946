/** The names of all pages and states that the app can show, as its own preview lists them. */
export async function listSceneNames(origin: string): Promise<string[]> {
  const html = await (await fetch(`${origin}/en/preview`)).text();
  return [...html.matchAll(/<a href="\/en\/preview\/([\w-]+)"/g)].map(([, name = '']) => name);
}
