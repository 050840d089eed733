// The button by which a device forgets, fetched once there is something to forget.
import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { need } from "../../texts";

export function ForgetLater({ host = false }: { host?: boolean }) {
  const [Loaded, setLoaded] = useState<FunctionComponent<{ host: boolean }>>();
  useEffect(() => {
    Promise.all([import("./forget"), need("pages")]).then(
      ([{ Forget }]) => setLoaded(() => Forget),
      () => undefined, // without a network it comes with the next visit
    );
  }, []);
  return Loaded ? <Loaded host={host} /> : null;
}
