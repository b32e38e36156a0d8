import { renderChart } from '@medlyssning/tools/helm/render-chart.ts';
import { platformCases } from './platform-cases.ts';

export const platformCaseNames = Object.keys(platformCases);

export const platformValues = (name: string) => platformCases[name] ?? {};

/** The objects that charts/medlyssning makes of the values of this case. */
export const renderPlatform = (name: string) =>
  renderChart({ chart: 'medlyssning', values: platformValues(name) });

/** Those with a media node. */
export const mediaCaseNames = platformCaseNames.filter((name) => 'media' in platformValues(name));

/** What a media node of this case is. */
export const mediaKindOf = (name: string) =>
  JSON.stringify(platformValues(name)).includes('DaemonSet') ? 'DaemonSet' : 'StatefulSet';
