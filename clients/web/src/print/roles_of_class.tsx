// The role sheets of all tables of a class that go on, one table after the other, each sheet with its table's number.
import { useEffect, useState } from "preact/hooks";
import { type ClassTable, PLAYED_ON, tablesOf } from "../store/classes";
import { RoomContext, useRoom } from "../store/context";
import { useWatched } from "../store/watched";
import { need, t } from "../texts";
import { Roles } from "./roles";

export function RolesOfClass() {
  const [isReady, setReady] = useState(false);
  useEffect(() => void need("class").then(() => setReady(true)), []);
  const tables = tablesOf(useRoom().view).filter(({ status }) => PLAYED_ON.has(status));
  if (!isReady) return null;
  if (tables.length === 0) return <p class="note">{t("ui.class.print_roles.none")}</p>;
  return (
    <>
      {tables.map((table) => (
        <OfTable key={table.room} table={table} />
      ))}
    </>
  );
}

function OfTable({ table: { room: code, number } }: { table: ClassTable }) {
  const room = useWatched(code);
  if (!room.you.value) return <p class="meta">{t("ui.opening")}</p>;
  return (
    <RoomContext.Provider value={room}>
      <Roles table={number} />
    </RoomContext.Provider>
  );
}
