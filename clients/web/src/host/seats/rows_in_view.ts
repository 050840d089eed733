// Which rows of a long list are drawn: those in view and a few beside them. A short list is drawn whole.
import { useEffect, useState } from "preact/hooks";

/** Of more rows than these only those in view are drawn. */
export const MANY = 60;
const ROW_PX = 44; // as seats.css has it
const BESIDE = 10;

export interface RowsInView {
  first: number;
  last: number;
  /** Pixels of what is not drawn above and below. */
  before: number;
  after: number;
  isCut: boolean;
  /** Bring a row into view, so that it is drawn. */
  show: (row: number) => void;
}

export function useRowsInView(box: { current: HTMLElement | null }, rows: number): RowsInView {
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(800);
  const isCut = rows > MANY;
  useEffect(() => {
    const element = box.current;
    if (!element || !isCut) return undefined;
    const look = (): void => {
      setTop(element.scrollTop);
      setHeight(element.clientHeight);
    };
    look();
    element.addEventListener("scroll", look, { passive: true });
    return () => element.removeEventListener("scroll", look);
  }, [isCut]);
  const show = (row: number): void => {
    const element = box.current;
    if (!element || !isCut || row < 0) return;
    const low = row * ROW_PX;
    if (low < element.scrollTop) element.scrollTop = low;
    else if (low + 2 * ROW_PX > element.scrollTop + element.clientHeight)
      element.scrollTop = low + 2 * ROW_PX - element.clientHeight;
    setTop(element.scrollTop);
  };
  if (!isCut) return { first: 0, last: rows, before: 0, after: 0, isCut, show };
  const first = Math.max(0, Math.floor(top / ROW_PX) - BESIDE);
  const last = Math.min(rows, Math.ceil((top + height) / ROW_PX) + BESIDE);
  return { first, last, before: first * ROW_PX, after: (rows - last) * ROW_PX, isCut, show };
}
