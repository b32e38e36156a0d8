const kinds = ['Company', 'Profile', 'User', 'Entitlement', 'ForkPolicy', 'MediaNode'];

/** A ConfigMap for Argo CD with the health script under a key for each kind, as Argo CD wants it; by YAML's aliases the script stands there once. */
export function renderArgocdCm(script: string): string {
  const indented = script.trimEnd().replaceAll(/^(?=.)/gm, '    ');
  const [first, ...others] = kinds.map((kind) => `  resource.customizations.health.medlyssning.dev_${kind}:`);
  return `# Generated from charts/medlyssning/files/argocd/health.lua.
#
#   kubectl apply --server-side -f examples/gitops/argocd/argocd-cm.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
  namespace: argocd
data:
${first} &health |
${indented}
${others.map((key) => `${key} *health`).join('\n')}
`;
}
