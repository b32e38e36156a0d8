import { join } from 'node:path';

const files = join(import.meta.dirname, '..', '..', 'charts', 'medlyssning', 'files');

/** Folders of the roles and admission policies that the chart installs, for `applyFiles`; a control plane serves the definitions already. */
export const chartFiles: readonly string[] = ['roles', 'admission'].map((part) => join(files, part));
