{{- /* Options of rtpengine that both engines have; call with the values of one and its ng port. */ -}}
{{- define "medlyssning.engineArgs" -}}
- --config-file=none
- --foreground
- --log-stderr
# Without the kernel module: no capability is needed, and none is given.
- --table=-1
- --interface={{ .engine.interface }}
- --listen-tcp-ng=127.0.0.1:{{ .port }}
# A call is over when the PBX says so, a listener is gone when they hung up.
- --delete-delay=0
- --port-min={{ int .engine.ports.min }}
- --port-max={{ int .engine.ports.max }}
# Without it 26.0.1 may crash when a TCP ng client goes away while its requests are being answered.
- --poller-per-thread
{{- end -}}

{{- /* The call engine is the first container to start and the last to end, and waits for no other: calls fail open. It has no
liveness probe, since one that errs would end all calls. */ -}}
{{- define "medlyssning.callEngine" -}}
- name: call-engine
  image: {{ include "medlyssning.image" (dict "root" $ "image" .Values.images.rtpengine) | quote }}
  imagePullPolicy: {{ .Values.images.pullPolicy }}
  restartPolicy: Always
  args:
    {{- include "medlyssning.engineArgs" (dict "engine" .Values.media.callEngine "port" 2223) | nindent 4 }}
    # Where the PBX speaks ng.
    - --listen-ng={{ .Values.media.callEngine.ng }}
    # The mirror: what the sidecar sees of calls. Over TCP, since a large answer jams it over UDP; its control traffic only.
    - --homer=127.0.0.1:9060
    - --homer-protocol=tcp
    - --homer-id=1
    - --homer-enable-ng
    - --homer-disable-rtcp-stats
    {{- with .Values.media.callEngine.extraArgs }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  env:
    - { name: POD_IP, valueFrom: { fieldRef: { fieldPath: status.podIP } } }
  resources: {{- toYaml .Values.media.callEngine.resources | nindent 4 }}
  securityContext: {{- include "medlyssning.containerSecurity" . | nindent 4 }}
  volumeMounts:
    - { name: tmp, mountPath: /tmp, subPath: call-engine }
{{- end -}}

{{- define "medlyssning.listeningEngine" -}}
- name: listening-engine
  image: {{ include "medlyssning.image" (dict "root" $ "image" .Values.images.rtpengine) | quote }}
  imagePullPolicy: {{ .Values.images.pullPolicy }}
  restartPolicy: Always
  args:
    {{- include "medlyssning.engineArgs" (dict "engine" .Values.media.listeningEngine "port" 2233) | nindent 4 }}
    # ms. With the default 26.0.1 may abort while it mixes after a stall of half a second.
    - --audio-buffer-length=3000
    # A phone that sends from where its SDP says wins over any stranger. Of two, the last counts: `extraArgs` may say `off`.
    - --endpoint-learning=heuristic
    {{- with .Values.media.listeningEngine.extraArgs }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  env:
    - { name: POD_IP, valueFrom: { fieldRef: { fieldPath: status.podIP } } }
  # The sidecar answers for it: one that hangs, and one whose sidecar is gone for a minute, is started anew. Its listens end, which nobody
  # else could end; calls do not notice. No startupProbe: the sidecar would wait for it, and it for the sidecar. Without a time of its own
  # one that hangs would have the pod's to end, which is that of a drain.
  livenessProbe:
    httpGet: { path: /healthz/listening-engine, port: 9464 }
    periodSeconds: 10
    timeoutSeconds: 5
    failureThreshold: 6
    terminationGracePeriodSeconds: 5
  resources: {{- toYaml .Values.media.listeningEngine.resources | nindent 4 }}
  securityContext: {{- include "medlyssning.containerSecurity" . | nindent 4 }}
  volumeMounts:
    - { name: tmp, mountPath: /tmp, subPath: listening-engine }
{{- end -}}
