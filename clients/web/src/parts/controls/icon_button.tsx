// A button that is a picture alone, with its words for whoever cannot see it.
import { Sym } from "../pictures/sprite";

interface IconButtonProps {
  icon: string;
  label: string;
  onClick: () => void;
  disabled?: boolean;
}

export function IconButton({ icon, label, onClick, disabled = false }: IconButtonProps) {
  return (
    <button type="button" class="button icon" aria-label={label} disabled={disabled} onClick={onClick}>
      <Sym name={icon} size={20} />
    </button>
  );
}
