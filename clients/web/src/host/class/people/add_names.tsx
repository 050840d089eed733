// Names of those who are to come: pasted, or of a file; they are looked through here before any goes out.
import { useState } from "preact/hooks";
import { Complaint } from "../../../forms/form";
import { Button } from "../../../parts/controls/button";
import type { Failure } from "../../../protocol/frames";
import { peopleOf } from "../../../store/classes";
import { useRoom } from "../../../store/context";
import { t } from "../../../texts";
import { listed } from "../../../texts/numbers";
import { counted } from "../counted";
import { below, decoded, inPieces, type Listed, listIn, MOST_NAMES, people, written } from "./names";

/** What came of a list of names. */
interface Taken {
  added: number;
  /** How many are on the list now. */
  people: number;
  twins: readonly string[];
  bad: readonly string[];
  /** Of those that can't be: which are kept for hosts. */
  reserved: readonly string[];
  /** Of those that can't be: which mix letters of alphabets that look alike. */
  mixed: readonly string[];
  /** Were on the list, and are in another group now. */
  marked: readonly string[];
  /** As they are written now, where that is not how they were typed. */
  changed: readonly string[];
}

const LISTS = ["twins", "bad", "reserved", "mixed", "marked", "changed"] as const;
const NOTHING: Taken = { added: 0, people: 0, twins: [], bad: [], reserved: [], mixed: [], marked: [], changed: [] };
const TOLD = 20; // names of one kind; more are counted

export function AddNames({ isFirst }: { isFirst: boolean }) {
  const [wasFirst] = useState(isFirst); // what came of the first names is read in the open fold
  const { text, setText, add, names, isTooMany, taken, failure, send } = useNames();
  const isAnswered = taken !== undefined && !failure; // the same names again would not be taken either
  return (
    <details class="fold" open={wasFirst}>
      <summary>{t("ui.class.names")}</summary>
      <div class="stack tight">
        <p class="meta">{t("ui.class.names.text")}</p>
        <textarea
          rows={6}
          aria-label={t("ui.class.names.paste")}
          placeholder={t("ui.class.names.paste")}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <NamesOfFile onNames={add} />
        {isTooMany ? (
          <p class="warn" role="alert">
            {t("ui.class.names.too_many", { n: names.length, max: MOST_NAMES })}
          </p>
        ) : null}
        <Button look="ink" disabled={names.length === 0 || isTooMany || isAnswered} onClick={send}>
          {counted("ui.class.names.add", isTooMany ? 0 : names.length)}
        </Button>
        <CameOfIt taken={taken} />
        <Complaint failure={failure} />
      </div>
    </details>
  );
}

/** A file of names. A choice that is taken back is no word to close the sheet around it. */
function NamesOfFile({ onNames }: { onNames: (names: readonly Listed[]) => void }) {
  const [unread, setUnread] = useState("");
  const read = async (field: HTMLInputElement): Promise<void> => {
    const [file] = field.files ?? [];
    if (!file) return;
    const names = listIn(decoded(new Uint8Array(await file.arrayBuffer())) ?? "");
    setUnread(names.length > 0 ? "" : file.name);
    if (names.length > 0) onNames(names);
    field.value = ""; // the same file may be chosen again
  };
  return (
    <>
      <label class="class-file">
        {t("ui.class.names.file")}
        <input
          type="file"
          accept=".csv,.txt,.tsv,text/csv,text/plain"
          onChange={(event) => void read(event.currentTarget)}
          onCancel={(event) => event.stopPropagation()}
        />
      </label>
      {unread ? (
        <p class="warn" role="alert">
          {t("ui.class.names.unread", { file: unread })}
        </p>
      ) : null}
    </>
  );
}

function useNames() {
  const room = useRoom();
  const [text, write] = useState("");
  const [taken, setTaken] = useState<Taken>();
  const [failure, setFailure] = useState<Failure>();
  const names = listIn(text);
  const setText = (words: string | ((before: string) => string)): void => {
    write(words);
    setTaken(undefined);
    setFailure(undefined);
  };
  const add = (more: readonly Listed[]): void => setText((before) => written(below(listIn(before), more)));
  const send = async (): Promise<void> => {
    const { pieces, tooLong } = inPieces(names);
    let found: Taken = { ...NOTHING, people: peopleOf(room.view).length, bad: tooLong.map(({ name }) => name) };
    const notTaken = [...tooLong];
    for (const [at, piece] of pieces.entries()) {
      const { ok, data, error } = await room.send("class.people", people(piece));
      setFailure(error);
      if (!ok) {
        notTaken.push(...pieces.slice(at).flat()); // what has not gone out stays here
        break;
      }
      const { left = [], ...told } = data as Partial<Taken> & { left?: readonly number[] };
      found = together(found, { ...NOTHING, ...told });
      notTaken.push(...piece.filter((_, line) => left.includes(line)));
    }
    write(written(notTaken));
    setTaken(found);
  };
  return { text, setText, add, names, isTooMany: names.length > MOST_NAMES, taken, failure, send };
}

function together(one: Taken, other: Taken): Taken {
  const lists = LISTS.map((name) => [name, [...one[name], ...other[name]]]);
  return { ...NOTHING, ...Object.fromEntries(lists), added: one.added + other.added, people: other.people };
}

function CameOfIt({ taken }: { taken: Taken | undefined }) {
  const told = taken && { ...taken, bad: taken.bad.filter((name) => !isExplained(taken, name)) };
  return (
    <div role="status">
      {told ? <p>{counted("ui.class.names.added", told.added, { people: told.people })}</p> : null}
      {LISTS.map((name) =>
        told?.[name].length ? (
          <p key={name} class="warn">
            {t(`ui.class.names.${name}`, { names: some(told[name]) })}
          </p>
        ) : null,
      )}
      {taken && taken.twins.length + taken.bad.length > 0 ? <p>{t("ui.class.names.left")}</p> : null}
    </div>
  );
}

/** Return whether a kind of its own says why a name can't be. */
function isExplained({ reserved, mixed }: Taken, name: string): boolean {
  return reserved.includes(name) || mixed.includes(name);
}

function some(names: readonly string[]): string {
  const more = names.length - TOLD;
  return listed([...names.slice(0, TOLD), ...(more > 0 ? [t("ui.class.names.others", { n: more })] : [])]);
}
