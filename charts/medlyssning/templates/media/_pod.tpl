{{- /* The pod of a media node. Engines are native sidecars (init containers that stay), so that they are there before the media sidecar
and end after it has drained; and nothing that could fail to start stands before the call engine. */ -}}
{{- define "medlyssning.mediaPod" -}}
{{- $media := .Values.media -}}
{{- $postgres := $media.audit.postgres.secret -}}
{{- $hostPath := and (not $postgres) $media.audit.sqlite.hostPath -}}
metadata:
  labels: {{- include "medlyssning.labels" (dict "root" $ "component" "media") | nindent 4 }}
    medlyssning.dev/pool: {{ $media.pool }}
  annotations:
    kubectl.kubernetes.io/default-container: media-sidecar
    checksum/config: {{ include "medlyssning.sidecarConfig" . | sha256sum }}
spec:
  serviceAccountName: medlyssning-sidecar
  # The sidecar has the token; engines, which read what the whole network sends, have not.
  automountServiceAccountToken: false
  {{- include "medlyssning.pullSecrets" . | nindent 2 }}
  {{- if $media.hostNetwork }}
  hostNetwork: true
  dnsPolicy: ClusterFirstWithHostNet
  {{- end }}
  securityContext: {{- include "medlyssning.podSecurity" . | nindent 4 }}
  # The preStop below, then half a minute in which the sidecar ends what is left and closes its records.
  terminationGracePeriodSeconds: {{ add (int $media.drain.seconds) 30 }}
  {{- with $media.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with $media.nodeSelector }}
  nodeSelector: {{ toJson . }}
  {{- end }}
  {{- with $media.tolerations }}
  tolerations: {{ toJson . }}
  {{- end }}
  initContainers:
    {{- if eq $media.form "complete" }}
    {{- include "medlyssning.callEngine" . | nindent 4 }}
    {{- end }}
    {{- include "medlyssning.listeningEngine" . | nindent 4 }}
    {{- if $hostPath }}
    # A folder of the node belongs to root until somebody gives it away.
    - name: audit-folder
      image: {{ include "medlyssning.image" (dict "root" $ "image" .Values.images.sidecar) | quote }}
      imagePullPolicy: {{ .Values.images.pullPolicy }}
      command: [node, --eval, "require('node:fs').chownSync('/var/lib/medlyssning', 65532, 65532)"]
      resources: { requests: { cpu: 10m, memory: 32Mi } }
      securityContext:
        runAsNonRoot: false
        runAsUser: 0
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities: { drop: [ALL], add: [CHOWN] }
      volumeMounts:
        - { name: audit, mountPath: /var/lib/medlyssning }
    {{- end }}
  containers:
    - name: media-sidecar
      image: {{ include "medlyssning.image" (dict "root" $ "image" .Values.images.sidecar) | quote }}
      imagePullPolicy: {{ .Values.images.pullPolicy }}
      args: [--config, /etc/medlyssning/sidecar.yaml]
      env:
        - { name: POD_IP, valueFrom: { fieldRef: { fieldPath: status.podIP } } }
        - { name: POD_NAME, valueFrom: { fieldRef: { fieldPath: metadata.name } } }
        - { name: NODE_NAME, valueFrom: { fieldRef: { fieldPath: spec.nodeName } } }
        {{- with $postgres }}
        # Optional, as every volume here that is not the pod's own: what is missing keeps the sidecar from starting, never the calls.
        - { name: AUDIT_POSTGRES_URL, valueFrom: { secretKeyRef: { name: {{ . }}, key: url, optional: true } } }
        - { name: PGPASSWORD, valueFrom: { secretKeyRef: { name: {{ . }}, key: password, optional: true } } }
        {{- end }}
        {{- with $media.sidecar.env }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      ports:
        - { name: sip, containerPort: {{ int $media.sip.port }} }
        - { name: metrics, containerPort: 9464 }
        {{- if $media.http.tlsSecret }}
        - { name: https, containerPort: {{ int $media.http.port }} }
        {{- end }}
      # Until the policy is there and leftovers of an earlier run are swept it may take a while to answer; it is not killed for that.
      startupProbe: { httpGet: { path: /healthz, port: metrics }, periodSeconds: 2, failureThreshold: 90 }
      livenessProbe: { httpGet: { path: /healthz, port: metrics }, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 }
      readinessProbe: { httpGet: { path: /readyz, port: metrics }, periodSeconds: 5, timeoutSeconds: 3 }
      lifecycle:
        preStop:
          exec:
            command: [node, /etc/medlyssning/drain.mjs, {{ toString (int $media.drain.seconds) | quote }}, {{ ternary "calls" "listens" (eq $media.form "complete") }}]
      resources: {{- toYaml $media.sidecar.resources | nindent 8 }}
      securityContext: {{- include "medlyssning.containerSecurity" . | nindent 8 }}
      volumeMounts:
        - { name: config, mountPath: /etc/medlyssning, readOnly: true }
        - { name: token, mountPath: /var/run/secrets/kubernetes.io/serviceaccount, readOnly: true }
        - { name: tmp, mountPath: /tmp, subPath: media-sidecar }
        {{- if not $postgres }}
        - { name: audit, mountPath: /var/lib/medlyssning }
        {{- end }}
        {{- if $media.http.tlsSecret }}
        - { name: tls, mountPath: /etc/medlyssning-tls, readOnly: true }
        {{- end }}
  volumes:
    - { name: config, configMap: { name: medlyssning-media, optional: true } }
    - name: token
      projected:
        sources:
          - serviceAccountToken: { path: token, expirationSeconds: 3607 }
          - configMap: { name: kube-root-ca.crt, items: [{ key: ca.crt, path: ca.crt }] }
          - downwardAPI: { items: [{ path: namespace, fieldRef: { fieldPath: metadata.namespace } }] }
    - { name: tmp, emptyDir: { sizeLimit: 256Mi } }
    {{- with $hostPath }}
    - { name: audit, hostPath: { path: {{ . }}, type: DirectoryOrCreate } }
    {{- end }}
    {{- with $media.http.tlsSecret }}
    - { name: tls, secret: { secretName: {{ . }}, optional: true } }
    {{- end }}
{{- end -}}
