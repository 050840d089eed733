// Which seats of the list are asked for.
export interface Filter {
  state: string;
  role: string;
  text: string;
}

export const NO_FILTER: Filter = { state: "", role: "", text: "" };
