// The class console: all tables of a class at a glance, what leads all of them or one, and who is in the class.
import { useState } from "preact/hooks";
import { Ended } from "../../parts/page/ended";
import { LinkBanner } from "../../parts/page/link_banner";
import { Opening } from "../../parts/page/unreachable";
import { aboutClass, tablesOf } from "../../store/classes";
import { useRoom } from "../../store/context";
import { ClassHead } from "./class_head";
import { Lead } from "./lead";
import { type Opened, Sheets } from "./sheets";
import { Attention, Cards } from "./table_cards";
import "../../styles/typeface.css";
import "../../styles/wall_tokens.css";
import "../host.css";
import "../bar/top_bar.css";
import "./class.css";

export function ClassPage() {
  const room = useRoom();
  const [table, setTable] = useState(0);
  const [opened, setOpened] = useState<Opened>();
  if (room.ending.value) return <Ended host />;
  if (!aboutClass(room.view)) return <Opening />;
  const scope = tablesOf(room.view).some(({ number }) => number === table) ? table : 0;
  return (
    <div class="console-page class-page">
      <ClassHead onOpen={setOpened} />
      <main class="class-main">
        <LinkBanner />
        <Lead table={scope} onAll={() => setTable(0)} onOpen={setOpened} />
        <Attention onChoose={setTable} onTables={() => setOpened("tables")} />
        <Cards chosen={scope} onChoose={(number) => setTable(number === scope ? 0 : number)} onCompare={setOpened} />
      </main>
      {opened ? <Sheets opened={opened} onOpen={setOpened} /> : null}
    </div>
  );
}
