// Something for one pair of eyes: closed until *Show*, closed again after ten seconds and when it leaves the screen.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../texts";
import { about } from "../../texts/numbers";
import { Sym } from "../pictures/sprite";
import { Button } from "./button";

const OPEN_MS = 10_000;

export function Secret({ label, text }: { label: string; text: string }) {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (!open) return undefined;
    const timer = setTimeout(() => setOpen(false), OPEN_MS);
    return () => clearTimeout(timer);
  }, [open]);
  const does = t(open ? "ui.hide" : "ui.show");
  return (
    <div class="secret">
      <div class="row spread">
        <b>{label}</b>
        <Button label={about(does, label)} onClick={() => setOpen(!open)}>
          <Sym name="eye" size={20} />
          {does}
        </Button>
      </div>
      {open ? <p>{text}</p> : null}
    </div>
  );
}
