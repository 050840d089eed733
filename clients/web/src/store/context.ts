// The room that a page shows, handed down the tree.
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Room } from "./room";
import type { View } from "./view";

export const RoomContext = createContext<Room | undefined>(undefined);

export function useRoom(): Room {
  const room = useContext(RoomContext);
  if (!room) throw new Error("no room around this page");
  return room;
}

export function useView(): View {
  return useRoom().view;
}
