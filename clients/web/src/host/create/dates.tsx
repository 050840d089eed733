// When phases end: by their clocks in one lesson, or at dates in a game over days.
import { Button } from "../../parts/controls/button";
import { Options } from "../../parts/controls/options";
import { language, traits } from "../../prefs";
import { t } from "../../texts";
import { FIRST_DATES, type WishedDates } from "./room_wish";

const MOST_TIMES = 24;
const A_MONDAY = Date.UTC(2024, 0, 1);
const A_DAY = 86_400_000;

/** Return the days of the week, from Monday, as the language shortens them. */
function weekdays(): string[] {
  const written = new Intl.DateTimeFormat(traits(language.value).tag, { weekday: "short", timeZone: "UTC" });
  return Array.from({ length: 7 }, (_, day) => written.format(A_MONDAY + day * A_DAY));
}

export function DatesField({
  dates,
  onChange,
}: {
  dates: WishedDates | undefined;
  onChange: (dates: WishedDates | undefined) => void;
}) {
  return (
    <>
      <Options
        label={t("ui.create.dates")}
        options={[false, true].map((value) => ({ value, label: t(`ui.create.dates.${value ? "days" : "lesson"}`) }))}
        value={dates !== undefined}
        onChange={(isDated) => onChange(isDated ? FIRST_DATES : undefined)}
      />
      {dates ? <Dates dates={dates} onChange={onChange} /> : null}
    </>
  );
}

interface DatesProps {
  dates: WishedDates;
  onChange: (dates: WishedDates) => void;
}

function Dates({ dates, onChange }: DatesProps) {
  return (
    <>
      <Days dates={dates} onChange={onChange} />
      <Times dates={dates} onChange={onChange} />
      <p class="meta">{t("ui.create.dates.note")}</p>
    </>
  );
}

function Days({ dates, onChange }: DatesProps) {
  const turned = (day: number): number[] =>
    dates.days.includes(day) ? dates.days.filter((other) => other !== day) : [...dates.days, day].sort((a, b) => a - b);
  return (
    <fieldset class="field">
      <legend>{t("ui.create.dates.days.label")}</legend>
      <div class="options">
        {weekdays().map((name, index) => (
          <Button
            key={name}
            on={dates.days.includes(index + 1)}
            onClick={() => onChange({ ...dates, days: turned(index + 1) })}
          >
            {name}
          </Button>
        ))}
      </div>
    </fieldset>
  );
}

function Times({ dates, onChange }: DatesProps) {
  const { times } = dates;
  const put = (changed: readonly string[]): void => onChange({ ...dates, times: changed });
  return (
    <fieldset class="field">
      <legend>{t("ui.create.dates.times")}</legend>
      <div class="options">
        {times.map((time, index) => (
          <input
            key={index}
            type="time"
            required
            aria-label={t("ui.create.dates.time", { n: index + 1 })}
            value={time}
            onChange={({ currentTarget: { value } }) =>
              value && put(times.map((other, place) => (place === index ? value : other)))
            }
          />
        ))}
        {times.length < MOST_TIMES ? (
          <Button onClick={() => put([...times, "12:00"])}>{t("ui.create.dates.more")}</Button>
        ) : null}
        {times.length > 1 ? (
          <Button onClick={() => put(times.slice(0, -1))}>{t("ui.create.dates.fewer")}</Button>
        ) : null}
      </div>
    </fieldset>
  );
}
