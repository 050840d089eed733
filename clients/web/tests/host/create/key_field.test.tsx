// The field for a host key hides what is typed, until somebody wants to see it.
import { fireEvent, render, screen } from "@testing-library/preact";
import { expect, test, vi } from "vitest";
import { KeyField } from "../../../src/host/create/key_field";
import { need } from "../../../src/texts";

test("what is typed is hidden, shown on demand, and hidden again", async () => {
  await need("host");
  const onChange = vi.fn();
  render(<KeyField label="Host key of this server" value="open" onChange={onChange} />);
  const field = screen.getByLabelText<HTMLInputElement>("Host key of this server", { selector: "input" });
  expect(field.type).toBe("password");
  fireEvent.input(field, { target: { value: "open sesame" } });
  expect(onChange).toHaveBeenCalledWith("open sesame");
  fireEvent.click(screen.getByRole("button", { name: /^Show/ }));
  expect(field.type).toBe("text");
  fireEvent.click(screen.getByRole("button", { name: /^Hide/ }));
  expect(field.type).toBe("password");
  expect(field.autocomplete).toBe("current-password"); // a password manager may fill it
});
