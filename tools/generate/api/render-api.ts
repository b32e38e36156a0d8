import type { Crd } from '../read-crds.ts';
import { conditionReasons } from './condition-reasons.ts';
import { code } from './constraints-in-words.ts';
import { renderFields } from './render-fields.ts';

/** In the order in which one meets them. */
const order = ['Company', 'Profile', 'User', 'Entitlement', 'ForkPolicy', 'MediaNode'];

/** Who writes an object of a kind, besides its status. */
const writers: Readonly<Record<string, string>> = {
  Company: 'the platform; its settings, administrators of the whole company',
  Profile: 'administrators',
  User: 'administrators',
  Entitlement: 'administrators; a right, those of the whole company only (R3)',
  ForkPolicy: 'the operator',
  MediaNode: 'the sidecar of the node',
};

/** The API reference, from the definitions: fields, columns, conditions. */
export function renderApi(crds: readonly Crd[]): string {
  const sorted = crds.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  return [intro(sorted), ...sorted.map(renderKind), condition(sorted), reasons()].join('\n');
}

function intro(crds: readonly Crd[]): string {
  const rows = crds.map(
    ({ kind, plural, shortNames, schema }) =>
      `| [${kind}](#${kind.toLowerCase()}) | ${[plural, ...shortNames].map(code).join(', ')} | ${oneSentence(schema.description)} | ${writers[kind]} |`,
  );
  return `# API reference

<!-- Generated from crds/ by \`npm run generate\`. Do not edit. -->

Group and version: \`${crds[0]?.apiVersion}\`. All kinds are namespaced; a company and all that is its own lie in one namespace.
The same text is what \`kubectl explain\` shows; [crds/](../crds/company.yaml) is the original, and [examples](../examples/acme/company.yaml)
shows each kind in use. A field that is not here is refused. What a mistake does to the rest: [conditions](#conditions-and-reasons).
Who may write what, field by field: [R3](r3.md).

| Kind | Names | Is | Written by |
|---|---|---|---|
${rows.join('\n')}

Every kind has the category \`medlyssning\`: \`kubectl get medlyssning -A\` lists them all. A field's path is that below \`spec\` or
\`status\`; \`[]\` stands for each item of a list.
`;
}

function renderKind(crd: Crd): string {
  const { kind, schema } = crd;
  const { spec, status, metadata } = schema.properties ?? {};
  if (!spec || !status) throw new Error(`${kind} has no spec or no status; every kind of the API has both.`);
  const anchor = kind.toLowerCase();
  const longest = metadata?.properties?.['name']?.maxLength;
  const rules = (spec['x-kubernetes-validations'] ?? []).map(({ message }) => `- ${message}`);
  return `## ${kind}

${oneLine(schema.description)}
${longest === undefined ? '' : `\`metadata.name\` has at most ${longest} characters.\n`}
### ${kind} spec

${oneLine(spec.description)}

${renderFields(spec, `${anchor}-spec`)}${rules.length === 0 ? '' : `\nOf the whole:\n${rules.join('\n')}\n`}
### ${kind} status

${oneLine(status.description)}

${renderFields(status, `${anchor}-status`)}
### ${kind} columns

${columns(crd)}`;
}

function columns({ plural, columns: shown, selectableFields }: Crd): string {
  const rows = shown.map(
    ({ name, jsonPath, description, priority }) =>
      `| ${name}${priority ? ' (wide)' : ''} | ${code(jsonPath)} | ${oneLine(description)} |`,
  );
  const example = selectableFields[0]?.slice(1);
  const select =
    example === undefined
      ? ''
      : `\nField selectors: ${selectableFields.map((path) => code(path.slice(1))).join(', ')}, as in
\`kubectl get ${plural} --field-selector ${example}=${example === 'spec.pool' ? 'default' : 'acme'} -A\`.\n`;
  return `What \`kubectl get ${plural}\` shows, and with \`-o wide\` the rest.

| Column | Of | Shows |
|---|---|---|
${rows.join('\n')}
${select}`;
}

function condition(crds: readonly Crd[]): string {
  const item = crds[0]?.schema.properties?.['status']?.properties?.['conditions']?.items;
  if (!item) throw new Error('The first kind has no conditions.');
  return `## Condition

One aspect of the state of an object, the same in every kind, as Kubernetes' own.

${renderFields(item, 'condition')}`;
}

function reasons(): string {
  const rows = conditionReasons.map(
    ({ on, type, status, reasons: codes, means }) =>
      `| ${on} | \`${type}\` | ${status} | ${codes.map((name) => (name.includes('`') ? name : `\`${name}\``)).join(', ')} | ${means} |`,
  );
  return `## Conditions and reasons

| Kind | Condition | Status | Reason | Means |
|---|---|---|---|---|
${rows.join('\n')}

What to do about each: [operate](operate.md#conditions). How Argo CD, Flux and \`kubectl wait\` read them: [GitOps](gitops.md). \`Enforced\` compares the \`policyResourceVersion\` that each MediaNode
reports with the newest resourceVersion at which one of the company's ForkPolicies in that pool got its spec.
`;
}

function oneLine(text = ''): string {
  return text.replace(/\s+/g, ' ').trim();
}

function oneSentence(text = ''): string {
  return oneLine(text).replace(/^(.*?[^A-Z])\. .*$/, '$1.');
}
