// A rank as a picture: one cell for each place, the best first; those that go are dashed, one's own is filled.
interface PlacesProps {
  of: number;
  /** The last place that stays. */
  must: number;
  place?: number | undefined;
}

/** The picture alone; what it says stands in a sentence beside it. */
export function Places({ of, must, place }: PlacesProps) {
  return (
    <span class="places" aria-hidden="true">
      {Array.from({ length: of }, (_, index) => (
        <i key={index} class={`${index >= must ? "goes" : ""} ${index + 1 === place ? "own" : ""}`}>
          {index + 1 === place ? place : ""}
        </i>
      ))}
    </span>
  );
}
