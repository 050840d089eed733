// The console of a room that this device holds no token for: no room may have the code, or it was opened elsewhere.
import { Button } from "../parts/controls/button";
import { NoticePage } from "../parts/page/notice_page";
import { go } from "../route";
import { t } from "../texts";

export function NoKey({ code }: { code: string }) {
  return (
    <NoticePage about="no_key" symbol="admission" values={{ code }}>
      <Button look="main" onClick={() => go("", true)}>
        {t("ui.apart.home")}
      </Button>
      <Button onClick={() => go(`s/${code}`)}>{t("ui.watch")}</Button>
    </NoticePage>
  );
}
