// The button by which a device forgets, fetched once there is something to forget.
import { need } from "../../texts";
import { Later } from "./later";

export function ForgetLater({ host = false }: { host?: boolean }) {
  const load = () =>
    Promise.all([import("./forget"), need("pages")]).then(([{ Forget }]) => () => <Forget host={host} />);
  return <Later load={load} />;
}
