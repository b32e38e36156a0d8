import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { RowParts } from './colleague-row.tsx';
import { MenuItem, MenuRadio } from './menu-item.tsx';
import { moveIn } from './move-in-menu.ts';

/** R5: the handset beside a colleague; its last choice is Medlyssna. */
export const HandsetMenu = ({ texts, colleague, console, isLive, devices, place, choose }: RowParts) => {
  const [isOpen, setOpen] = useState<'below' | 'above'>();
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const { displayName, extension, mayListen, reason } = colleague;
  const close = () => {
    setOpen(undefined);
    button.current?.focus();
  };
  // before the next key comes
  useLayoutEffect(() => {
    if (!isOpen) return;
    root.current?.querySelector<HTMLElement>('[role^=menuitem]')?.focus();
    const leave = ({ target }: Event) => {
      if (!root.current?.contains(target as Node)) setOpen(undefined);
    };
    document.addEventListener('pointerdown', leave);
    return () => document.removeEventListener('pointerdown', leave);
  }, [isOpen]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close();
    else if (event.key === 'Tab') setOpen(undefined);
    else if (!moveIn(event.currentTarget as HTMLElement, event.key)) return;
    if (event.key !== 'Tab') event.preventDefault();
  };
  const open = () => {
    const room = innerHeight - (button.current?.getBoundingClientRect().bottom ?? 0);
    setOpen(room < 360 ? 'above' : 'below');
  };
  const run = (what: () => void) => () => {
    close();
    what();
  };
  const mayNot = isLive ? texts.reason(reason) : texts.lost.split('.')[0];
  return (
    <div class="handset" ref={root}>
      <button
        type="button"
        ref={button}
        aria-haspopup="menu"
        aria-expanded={isOpen !== undefined}
        aria-controls={isOpen && id}
        aria-label={texts.optionsFor(displayName)}
        title={texts.optionsFor(displayName)}
        onClick={isOpen ? close : open}
      >
        <Handset />
      </button>
      {isOpen && (
        <div class={`menu ${isOpen}`} id={id} role="menu" aria-label={displayName} onKeyDown={onKeyDown}>
          {extension !== null && (
            <>
              <MenuItem label={texts.call(extension)} href={`tel:${extension}`} run={close} />
              <MenuItem label={texts.copy} run={run(() => void navigator.clipboard?.writeText(extension))} />
            </>
          )}
          {mayListen && (
            <fieldset>
              <legend>{texts.listenOn}</legend>
              <MenuRadio label={texts.inBrowser} on={place === 'browser'} choose={() => choose('browser')} />
              {devices.map(({ name, kind, mayListen: may, callable }) => (
                <MenuRadio
                  key={name}
                  label={texts.onDevice(kind, name)}
                  on={place === name}
                  choose={() => choose(name)}
                  mayNot={may ? (callable ? undefined : texts.notCallable) : texts.mayNotOn}
                />
              ))}
            </fieldset>
          )}
          <MenuItem
            label={texts.listen}
            isMain
            mayNot={mayListen && isLive ? undefined : mayNot}
            run={run(() => void console.listen(colleague, place))}
          />
        </div>
      )}
    </div>
  );
};

const Handset = () => (
  <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
    <path
      fill="currentColor"
      d="M6.6 10.8a15.1 15.1 0 0 0 6.6 6.6l2.2-2.2a1 1 0 0 1 1-.25 11.4 11.4 0 0 0 3.6.57 1 1 0 0 1 1 1V20a1 1 0 0 1-1 1A17 17 0 0 1 3 4a1 1 0 0 1 1-1h3.5a1 1 0 0 1 1 1 11.4 11.4 0 0 0 .57 3.6 1 1 0 0 1-.25 1z"
    />
  </svg>
);
