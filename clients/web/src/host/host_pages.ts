// The pages of whoever hosts, in one chunk: a player never loads them, and their names take no space in the first load.
export { ClassPage } from "./class/class_page";
export { NewClassPage } from "./class/new_class";
export { ConsolePage } from "./console";
export { CreatePage } from "./create/create";
export { RehearsePage } from "./rehearsal/rehearse_page";
