// What hooks and components need around them: a room.
import { type RenderHookResult, renderHook } from "@testing-library/preact";
import type { ComponentChildren } from "preact";
import { RoomContext } from "../../src/store/context";
import type { Room } from "../../src/store/room";

/** Use a hook in a room. */
export function hookIn<T>(room: Room, hook: () => T): RenderHookResult<T, unknown> {
  const wrapper = ({ children }: { children: ComponentChildren }) => (
    <RoomContext.Provider value={room}>{children}</RoomContext.Provider>
  );
  return renderHook(hook, { wrapper });
}
