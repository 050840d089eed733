// This page and the server are not of one age: it is loaded anew once by itself, and then says so and waits.
import { useEffect } from "preact/hooks";
import { t } from "../../texts";
import { Button } from "../controls/button";
import { NoticePage } from "./notice_page";

/** Whether this page has come from a reload: then another would bring nothing new. */
function isReloaded(): boolean {
  const [arrival] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return arrival?.type === "reload";
}

export function Outdated() {
  useEffect(() => {
    if (!isReloaded()) location.reload();
  }, []);
  return (
    <NoticePage about="outdated" symbol="recap">
      <Button look="main" onClick={() => location.reload()}>
        {t("ui.reload")}
      </Button>
    </NoticePage>
  );
}
