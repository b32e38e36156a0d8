{{- /* Labels of everything of one component; call with (dict "root" $ "component" "operator"). */ -}}
{{- define "medlyssning.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
app.kubernetes.io/part-of: medlyssning
{{ include "medlyssning.selector" . }}
{{- end -}}

{{- define "medlyssning.selector" -}}
app.kubernetes.io/name: medlyssning
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- /* Call with (dict "root" $ "image" .Values.images.operator). */ -}}
{{- define "medlyssning.image" -}}
{{- $tag := .image.tag | default .root.Chart.AppVersion -}}
{{- with .root.Values.images.registry }}{{ . }}/{{ end -}}
{{ .image.repository }}{{ ternary "@" ":" (hasPrefix "sha256:" $tag) }}{{ $tag }}
{{- end -}}

{{- define "medlyssning.pullSecrets" -}}
{{- with .Values.images.pullSecrets }}
imagePullSecrets: {{ toJson . }}
{{- end }}
{{- end -}}

{{- /* What every container of ours is satisfied with; the images' user is 65532. */ -}}
{{- define "medlyssning.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end -}}

{{- define "medlyssning.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
fsGroupChangePolicy: OnRootMismatch
seccompProfile: { type: RuntimeDefault }
{{- end -}}

{{- /* A file of files/ in the namespace of the release. Its objects are those that tests and tools use. */ -}}
{{- define "medlyssning.file" -}}
{{ .root.Files.Get .path | replace "medlyssning-system" .root.Release.Namespace }}
{{- end -}}

{{- /* The objects of a file, each with an annotation that makes uninstall leave it. */ -}}
{{- define "medlyssning.kept" -}}
{{- $root := .root -}}
{{- range splitList "\n---\n" (include "medlyssning.file" .) }}
{{- $object := fromYaml . }}
{{- if $root.Values.crds.keep }}
{{- $annotations := merge (dict "helm.sh/resource-policy" "keep") ($object.metadata.annotations | default dict) }}
{{- $_ := set $object.metadata "annotations" $annotations }}
{{- end }}
---
{{ toYaml $object }}
{{- end }}
{{- end -}}
