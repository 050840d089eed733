// A part of a page that is fetched when it is first shown, since most people never see it.
import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";

export function Later({ load }: { load: () => Promise<FunctionComponent> }) {
  const [Loaded, setLoaded] = useState<FunctionComponent>();
  useEffect(() => {
    load().then(
      (found) => setLoaded(() => found),
      () => undefined, // without a network it comes with the next visit
    );
  }, []);
  return Loaded ? <Loaded /> : null;
}
