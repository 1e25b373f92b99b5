{{/* Names and labels only; everything else stands where it is used. Call with (list . "part"). */}}
{{- define "recado.name" -}}
{{- $root := index . 0 -}}
{{- printf "%s-%s" $root.Release.Name (index . 1) | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "recado.selector" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: recado
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end -}}

{{- define "recado.labels" -}}
{{- $root := index . 0 -}}
{{ include "recado.selector" . }}
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version }}
{{- end -}}

{{- define "recado.image" -}}
{{- $root := index . 0 -}}
{{- $image := index . 1 -}}
{{ $image.repository }}:{{ $image.tag | default $root.Chart.AppVersion }}
{{- end -}}

{{/* Nobody special, with nothing to write to but /tmp and what is mounted. */}}
{{- define "recado.pod-security" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile: { type: RuntimeDefault }
{{- end -}}

{{- define "recado.container-security" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end -}}

{{/* Where and from whom pods are pulled and placed. */}}
{{- define "recado.placement" -}}
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "recado.media-claim" -}}
{{ .Values.media.volume.existingClaim | default (include "recado.name" (list . "media")) }}
{{- end -}}

{{/* Environment both parts read about pictures and documents. */}}
{{- define "recado.media-environment" -}}
- { name: RECADO_MEDIA_STORE, value: {{ .Values.media.store | quote }} }
{{- with .Values.media.endpoint }}
- { name: RECADO_MEDIA_ENDPOINT, value: {{ . | quote }} }
{{- end }}
{{- with .Values.media.region }}
- { name: RECADO_MEDIA_REGION, value: {{ . | quote }} }
{{- end }}
{{- with .Values.secrets.media }}
- name: RECADO_MEDIA_ACCESS_KEY
  valueFrom: { secretKeyRef: { name: {{ . }}, key: access-key } }
- name: RECADO_MEDIA_SECRET_KEY
  valueFrom: { secretKeyRef: { name: {{ . }}, key: secret-key } }
{{- end }}
{{- end -}}

{{/* Environment of the commands that set the realm up. */}}
{{- define "recado.identity-environment" -}}
- { name: RECADO_PROFILE, value: production }
- { name: RECADO_CONSOLE_URL, value: {{ printf "https://%s" .Values.host | quote }} }
- { name: RECADO_KEYCLOAK_URL, value: {{ .Values.identity.url | quote }} }
- { name: RECADO_KEYCLOAK_REALM, value: {{ .Values.identity.realm | quote }} }
- name: RECADO_KEYCLOAK_ADMIN_CLIENT_SECRET
  valueFrom: { secretKeyRef: { name: {{ .Values.secrets.identity }}, key: admin-client-secret } }
- name: RECADO_KEYCLOAK_CLIENT_SECRET
  valueFrom: { secretKeyRef: { name: {{ .Values.secrets.backend }}, key: keycloak-client-secret } }
- name: RECADO_INTEGRATIONS_CLIENT_SECRET
  valueFrom: { secretKeyRef: { name: {{ .Values.secrets.backend }}, key: integrations-client-secret } }
{{ include "recado.smtp-environment" . }}
{{- end -}}

{{- define "recado.smtp-environment" -}}
- { name: RECADO_SMTP_HOST, value: {{ .Values.smtp.host | quote }} }
- { name: RECADO_SMTP_PORT, value: {{ .Values.smtp.port | quote }} }
- { name: RECADO_SMTP_FROM, value: {{ .Values.smtp.from | quote }} }
- { name: RECADO_SMTP_USER, value: {{ .Values.smtp.user | quote }} }
- { name: RECADO_SMTP_STARTTLS, value: {{ .Values.smtp.starttls | quote }} }
{{- with .Values.secrets.smtp }}
- name: RECADO_SMTP_PASSWORD
  valueFrom: { secretKeyRef: { name: {{ . }}, key: password } }
{{- end }}
{{- end -}}

{{/* Ways in and out that several network policies name. */}}
{{- define "recado.egress-dns" -}}
- to: [{ namespaceSelector: {} }]
  ports: [{ port: 53, protocol: UDP }, { port: 53, protocol: TCP }]
{{- end -}}
{{- define "recado.egress-database" -}}
- ports: [{ port: {{ .Values.database.port }}, protocol: TCP }]
  {{- with .Values.database.cidr }}
  to: [{ ipBlock: { cidr: {{ . }} } }]
  {{- end }}
{{- end -}}
{{- define "recado.egress-https" -}}
- ports: [{ port: 443, protocol: TCP }]
{{- end -}}
{{- define "recado.from-part" -}}
- podSelector:
    matchLabels:
      {{- include "recado.selector" . | nindent 6 }}
{{- end -}}
