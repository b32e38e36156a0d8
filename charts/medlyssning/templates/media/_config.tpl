{{- /* The sidecar's configuration: what fits this chart, and over it what the values say. */ -}}
{{- define "medlyssning.sidecarConfig" -}}
{{- $media := .Values.media -}}
{{- $given := deepCopy $media.sidecar.config -}}
{{- $polls := hasKey ($given.observe | default dict) "poll" -}}
{{- $config := dict
  "node" (ternary "${NODE_NAME}" "${POD_NAME}" (eq $media.kind "DaemonSet"))
  "engines" (dict
    "call" (dict "ng" (printf "tcp:%s" (ternary "127.0.0.1:2223" $media.callEngine.ng (eq $media.form "complete"))))
    "listening" (dict "ng" "tcp:127.0.0.1:2233"))
  "observe" (ternary dict (dict "hep" "tcp:127.0.0.1:9060") $polls)
  "policy" (dict "kubernetes" (dict "pool" $media.pool "namespace" .Release.Namespace))
  "sip" (dict
    "listen" (list (printf "tcp:${POD_IP}:%d" (int $media.sip.port)))
    "trustedPeers" $media.sip.trustedPeers
    "outboundProxy" $media.sip.outboundProxy)
  "audit" (ternary
    (dict "postgres" (dict "url" "${AUDIT_POSTGRES_URL}"))
    (dict "sqlite" "/var/lib/medlyssning/audit.db")
    (ne $media.audit.postgres.secret ""))
  "telemetry" (dict "metrics" "${POD_IP}:9464")
-}}
{{- if $media.http.tlsSecret }}
{{- $_ := set $config "http" (dict
  "listen" (printf "${POD_IP}:%d" (int $media.http.port))
  "tls" (dict "cert" "/etc/medlyssning-tls/tls.crt" "key" "/etc/medlyssning-tls/tls.key")) }}
{{- end }}
{{- toYaml (mergeOverwrite $config $given) }}
{{- end -}}
