// What hooks and components need around them: a room.
import { type RenderHookResult, renderHook } from "@testing-library/preact";
import type { ComponentChildren, FunctionComponent } from "preact";
import { RoomContext } from "../../src/store/context";
import type { Room } from "../../src/store/room";

/** Return what stands around a component that is in a room. */
export function inRoom(room: Room): FunctionComponent<{ children: ComponentChildren }> {
  return ({ children }) => <RoomContext.Provider value={room}>{children}</RoomContext.Provider>;
}

/** Use a hook in a room. */
export function hookIn<T>(room: Room, hook: () => T): RenderHookResult<T, unknown> {
  return renderHook(hook, { wrapper: inRoom(room) });
}
