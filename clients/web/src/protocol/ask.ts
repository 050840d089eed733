// A request about a room or a class: to this page's server, or to another one of its origin where that has it.

/** Return the answer, or undefined where nobody gives one; to another origin a page may take no token. */
export async function ask(path: string, token: string | undefined): Promise<Response | undefined> {
  const headers: HeadersInit = token ? { Authorization: `Bearer ${token}` } : {};
  const asked = (url: string | URL) => fetch(url, { headers }).catch(() => undefined);
  const answer = await asked(path);
  if (answer?.status !== 421) return answer;
  const { to } = ((await answer.clone().json()) as { error: { to: string } }).error;
  const there = new URL(path, to.replace(/^ws/, "http"));
  return there.origin === location.origin ? ((await asked(there)) ?? answer) : answer;
}
