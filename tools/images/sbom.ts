import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package that is in an image. */
export interface Component {
  readonly name: string;
  readonly version: string;
  /** Package URL (github.com/package-url/purl-spec). */
  readonly purl: string;
  readonly license?: string;
}

/** The npm packages that files of a bundle come from, each once, by paths within the project (`node_modules/a/b.js`). */
export function npmComponents(files: readonly string[], root: string): readonly Component[] {
  const folders = files.flatMap((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []);
  return [...new Set(folders)].toSorted().flatMap((folder) => {
    const manifest = join(root, folder, 'package.json');
    if (!existsSync(manifest)) return [];
    const { name, version, license } = JSON.parse(readFileSync(manifest, 'utf8')) as {
      readonly name: string;
      readonly version: string;
      readonly license?: string;
    };
    const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
    return [{ name, version, purl, ...(typeof license === 'string' && { license }) }];
  });
}

/** Debian packages, given as `name_version_architecture` in the spelling of archives. */
export function debianComponents(packages: readonly string[]): readonly Component[] {
  return packages.map((archive) => {
    const [name = '', version = '', architecture = ''] = archive.split('_').map(decodeURIComponent);
    const purl = `pkg:deb/debian/${name}@${encodeURIComponent(version)}?arch=${architecture}&distro=forky`;
    return { name, version, purl };
  });
}

/** A bill of materials as CycloneDX 1.6 (ECMA-424), without a time or a serial number, so that the same image has the same one. */
export function cycloneDx(
  image: { readonly name: string; readonly version: string },
  components: readonly Component[],
): object {
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'container', ...image } },
    components: components.map(({ name, version, purl, license }) => ({
      type: 'library',
      'bom-ref': purl,
      name,
      version,
      purl,
      ...(license !== undefined && { licenses: [{ expression: license }] }),
    })),
  };
}
