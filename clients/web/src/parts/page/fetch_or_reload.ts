// Parts of the page that come later, over a network that may be away just then.
const RETRY_MS = 1000;

/**
 * Fetch a part of the page; where it can't be had, wait for the server and begin the page anew, which loses nothing.
 */
export async function fetchOrReload<T>(fetchIt: () => Promise<T>): Promise<T> {
  try {
    return await fetchIt();
  } catch {
    while (!(await isServerThere())) await new Promise((later) => setTimeout(later, RETRY_MS));
    location.reload(); // browsers remember that an import has failed, so asking again would not help
    return new Promise(() => undefined);
  }
}

function isServerThere(): Promise<boolean> {
  return fetch("healthz", { cache: "no-store" }).then(
    (answer) => answer.ok,
    () => false,
  );
}
