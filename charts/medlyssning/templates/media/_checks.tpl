{{- /* What several values say together; each message names the value and what to write. */ -}}
{{- define "medlyssning.checkMedia" -}}
{{- with .Values.media }}
{{- if not .sip.trustedPeers }}
{{- fail "media.sip.trustedPeers is empty: name the networks from which your PBX sends *28* calls, for example --set 'media.sip.trustedPeers={10.0.0.5/32}'" }}
{{- end }}
{{- if not .sip.outboundProxy }}
{{- fail "media.sip.outboundProxy is empty: name your PBX as a SIP URI, for example --set 'media.sip.outboundProxy=sip:10.0.0.5:5062;transport=tcp'" }}
{{- end }}
{{- if and (eq .kind "DaemonSet") (not (index .nodeSelector "kubernetes.io/hostname")) }}
{{- fail "media.kind is DaemonSet and media.nodeSelector names no kubernetes.io/hostname: a pool has one media node, since whether a line is free (R11) is not yet known across nodes; name the Kubernetes node, or use StatefulSet" }}
{{- end }}
{{- if and (eq .kind "DaemonSet") (not .audit.postgres.secret) (not .audit.sqlite.hostPath) }}
{{- fail "media.audit names no place for records, and without one nobody may listen: with media.kind DaemonSet set media.audit.sqlite.hostPath or media.audit.postgres.secret" }}
{{- end }}
{{- range $engine := list "callEngine" "listeningEngine" }}
{{- with index $.Values.media $engine "ports" }}
{{- if ge (int .min) (int .max) }}
{{- fail (printf "media.%s.ports.min is %d, not below max, %d" $engine (int .min) (int .max)) }}
{{- end }}
{{- end }}
{{- end }}
{{- if and (eq .form "complete") (le (int .callEngine.ports.min) (int .listeningEngine.ports.max)) (le (int .listeningEngine.ports.min) (int .callEngine.ports.max)) }}
{{- fail (printf "media.callEngine.ports (%d–%d) and media.listeningEngine.ports (%d–%d) overlap" (int .callEngine.ports.min) (int .callEngine.ports.max) (int .listeningEngine.ports.min) (int .listeningEngine.ports.max)) }}
{{- end }}
{{- end }}
{{- end -}}
