import type { Me } from '../api/views.ts';

const key = 'medlyssning.place';

/**
 * Where one listens: as chosen now, else as chosen in this browser before, as long as that device is there,
 * may, and can be called. Else the browser.
 */
export const placeOf = (
  me: Pick<Me, 'devices'> | undefined,
  chosen: string | undefined = localStorage.getItem(key) ?? undefined,
): string => {
  const device = me?.devices.find(
    ({ name, mayListen, callable }) => name === chosen && mayListen && callable,
  );
  return device?.name ?? 'browser';
};

export const keepPlace = (on: string): void => localStorage.setItem(key, on);
