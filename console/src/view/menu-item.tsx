import { useId } from 'preact/hooks';

export interface ItemParts {
  readonly label: string;
  /** Why it cannot be chosen; it can be reached all the same, to be read. */
  readonly mayNot?: string | undefined;
}

export const MenuItem = ({
  label,
  mayNot,
  href,
  isMain,
  run,
}: ItemParts & { href?: string; isMain?: boolean; run: () => void }) => {
  const id = useId();
  const parts = {
    role: 'menuitem' as const,
    tabIndex: -1,
    class: isMain ? 'item main' : 'item',
    onClick: mayNot === undefined ? run : undefined,
    ...(mayNot !== undefined && { 'aria-disabled': true, 'aria-describedby': id }),
  };
  const inside = (
    <>
      <span>{label}</span>
      {mayNot !== undefined && (
        <small id={id} class="why">
          {mayNot}
        </small>
      )}
    </>
  );
  if (href !== undefined)
    return (
      <a {...parts} href={href}>
        {inside}
      </a>
    );
  return (
    <button type="button" {...parts}>
      {inside}
    </button>
  );
};

export const MenuRadio = ({ label, on, mayNot, choose }: ItemParts & { on: boolean; choose: () => void }) => {
  const id = useId();
  return (
    <button
      type="button"
      role="menuitemradio"
      tabIndex={-1}
      class="item radio"
      aria-checked={on}
      aria-disabled={mayNot === undefined ? undefined : true}
      aria-describedby={mayNot === undefined ? undefined : id}
      onClick={mayNot === undefined ? choose : undefined}
    >
      <span>{label}</span>
      {mayNot !== undefined && (
        <small id={id} class="why">
          {mayNot}
        </small>
      )}
    </button>
  );
};
