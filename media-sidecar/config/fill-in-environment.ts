const reference = /\$\{([^}]*)\}/g;
const nameOf = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Fills `${NAME}` in the texts of a parsed configuration with environment variables: what a pod learns only when it starts,
 * such as its address.
 * @returns the same value filled in, and for each variable that is not set, or no name at all, where it stands
 */
export const fillInEnvironment = (
  value: unknown,
  environment: Readonly<Record<string, string | undefined>>,
): { readonly value: unknown; readonly missing: readonly string[] } => {
  const missing: string[] = [];
  const fill = (part: unknown, path: string): unknown => {
    if (typeof part === 'string')
      return part.replace(reference, (whole, name: string) => {
        const found = nameOf.test(name) ? environment[name] : undefined;
        if (found === undefined || found === '')
          missing.push(`${path}: the environment variable ${name} is not set, or empty`);
        return found ?? whole;
      });
    const at = (key: string) => (path === '' ? key : `${path}.${key}`);
    if (Array.isArray(part)) return part.map((item, i) => fill(item, at(String(i))));
    if (typeof part === 'object' && part !== null)
      return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, fill(item, at(key))]));
    return part;
  };
  return { value: fill(value, ''), missing };
};
