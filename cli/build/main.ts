import { buildPackage, packageFolder } from './build-package.ts';

/** `npm run build:cli`: the npm package, into cli/dist. `npm pack ./cli/dist` makes the file that is published. */
await buildPackage(packageFolder);
